package io.roadcast.jtt.attachment;

import java.util.Locale;

/** What a file is by its first bytes; what a terminal says of it is not believed. */
public enum ContentKind {
  JPEG("image/jpeg"),
  PNG("image/png"),
  WAV("audio/wav"),
  MP4("video/mp4"),
  /** A stream of H.264 with start codes, which no browser plays. */
  H264("video/h264"),
  /** Blocks of 64 bytes of the vehicle's state (T/JSATL 12 table 4-24). */
  VEHICLE_LOG("application/octet-stream"),
  OTHER("application/octet-stream");

  /** Bytes that {@link #of} wants to see. */
  static final int HEAD_BYTES = 64;

  private final String mediaType;

  ContentKind(String mediaType) {
    this.mediaType = mediaType;
  }

  /** As in HTTP. */
  public String mediaType() {
    return mediaType;
  }

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param head the first bytes, as far as there are
   * @param length of the whole file
   */
  static ContentKind of(byte[] head, long length) {
    if (begins(head, 0, 0xff, 0xd8, 0xff)) {
      return JPEG;
    } else if (begins(head, 0, 0x89, 'P', 'N', 'G')) {
      return PNG;
    } else if (begins(head, 0, 'R', 'I', 'F', 'F') && begins(head, 8, 'W', 'A', 'V', 'E')) {
      return WAV;
    } else if (begins(head, 4, 'f', 't', 'y', 'p')) {
      return MP4;
    } else if (VehicleLog.isBlock(head) && length % VehicleLog.BLOCK_BYTES == 0) {
      return VEHICLE_LOG;
    } else if (begins(head, 0, 0, 0, 1) || begins(head, 0, 0, 0, 0, 1)) {
      return H264;
    }
    return OTHER;
  }

  static ContentKind ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  private static boolean begins(byte[] head, int at, int... expected) {
    if (head.length < at + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((head[at + i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
