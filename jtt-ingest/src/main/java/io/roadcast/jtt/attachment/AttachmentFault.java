package io.roadcast.jtt.attachment;

import java.util.Locale;

/** Why something that came to the attachment port is not taken. */
public enum AttachmentFault {
  /** Bytes that are no frame. */
  BAD_FRAME,
  /** A message that breaks its layout. */
  BAD_MESSAGE,
  /** A message that has no business here. */
  UNEXPECTED_MESSAGE,
  /** Nobody asked for files under this alarm number, or too long ago. */
  UNKNOWN_ALARM,
  /** They were asked of another terminal, or for another alarm. */
  FOREIGN_ALARM,
  /** A file or a piece before any accepted list of files. */
  NO_ALARM,
  /** More files than the limit. */
  TOO_MANY_FILES,
  /** A name with path separators or control characters, or none. */
  BAD_NAME,
  /** A file that is not in the list. */
  UNLISTED_FILE,
  /** A file longer than the limit. */
  FILE_TOO_LARGE,
  /** All files of the alarm together longer than the limit. */
  ALARM_TOO_LARGE,
  /** A size that contradicts what has come of the file. */
  SIZE_MISMATCH,
  /** A piece that ends behind the end of its file. */
  BEYOND_END,
  /** A piece longer than the limit. */
  CHUNK_TOO_LARGE,
  /** So many holes that they are not remembered. */
  TOO_FRAGMENTED,
  /** The disk is too full. */
  NO_ROOM,
  /** The disk failed. */
  NOT_WRITTEN;

  /** Lower case, for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
