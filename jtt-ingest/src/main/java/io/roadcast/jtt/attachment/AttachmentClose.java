package io.roadcast.jtt.attachment;

import java.util.Locale;

/** Why a connection to the attachment port ended. */
public enum AttachmentClose {
  BY_TERMINAL,
  SILENT,
  /** Too much of what came was not taken. */
  ABUSE,
  /** A piece too long to be skipped. */
  CHUNK_TOO_LARGE,
  /** The same ranges were asked for again and again. */
  NO_PROGRESS,
  TOO_MANY_CONNECTIONS,
  TOO_MANY_OF_ADDRESS,
  ERROR,
  STOPPING;

  /** Lower case, for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
