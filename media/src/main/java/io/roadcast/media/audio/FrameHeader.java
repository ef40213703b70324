package io.roadcast.media.audio;

import java.nio.ByteBuffer;

/** The codings whose frames say how long they are. */
public enum FrameHeader {
  /** AAC in ADTS (ISO/IEC 13818-7, section 6.2). */
  ADTS {
    @Override
    int length(ByteBuffer bytes, int at, int available) {
      if ((bytes.get(at) & 0xff) != 0xff) {
        return NONE;
      }
      if (available < 7) {
        return UNKNOWN;
      }
      boolean header = (bytes.get(at + 1) & 0xf6) == 0xf0 && (bytes.get(at + 2) & 0x3c) < 0x34;
      int length =
          (bytes.get(at + 3) & 3) << 11
              | (bytes.get(at + 4) & 0xff) << 3
              | (bytes.get(at + 5) & 0xff) >> 5;
      return header && length > 7 ? length : NONE;
    }
  },

  /** MPEG-1, -2 and -2.5 audio, layer III (ISO/IEC 11172-3, section 2.4.1.3). */
  MP3 {
    @Override
    int length(ByteBuffer bytes, int at, int available) {
      if ((bytes.get(at) & 0xff) != 0xff) {
        return NONE;
      }
      if (available < 4) {
        return UNKNOWN;
      }
      int second = bytes.get(at + 1) & 0xff;
      int third = bytes.get(at + 2) & 0xff;
      int version = second >> 3 & 3;
      int bitRate = third >> 4;
      int rate = third >> 2 & 3;
      boolean header = (second & 0xe6) == 0xe2 && version != 1;
      if (!header || bitRate == 0 || bitRate == 15 || rate == 3) {
        return NONE;
      }
      boolean first = version == 3;
      int bits = 1000 * (first ? KILOBITS_1[bitRate] : KILOBITS_2[bitRate]);
      int samplesPerSecond = MP3_RATES[rate] >> (first ? 0 : version == 2 ? 1 : 2);
      return (first ? 144 : 72) * bits / samplesPerSecond + (third >> 1 & 1);
    }
  },

  /** AMR narrow band in its storage format (RFC 4867, section 5.3). */
  AMR {
    @Override
    int length(ByteBuffer bytes, int at, int available) {
      int first = bytes.get(at) & 0xff;
      return (first & 0x83) == 0 ? 1 + AMR_BYTES[first >> 3 & 15] : NONE;
    }
  };

  /** No frame begins here. */
  static final int NONE = -1;

  /** More bytes are needed to tell. */
  static final int UNKNOWN = 0;

  private static final int[] KILOBITS_1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KILOBITS_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] MP3_RATES = {44_100, 48_000, 32_000};
  private static final int[] AMR_BYTES = {12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0};

  /**
   * Length of the frame that begins at {@code at}, its header included; {@link #NONE} or {@link
   * #UNKNOWN}.
   *
   * @param available bytes from there on, at least 1
   */
  abstract int length(ByteBuffer bytes, int at, int available);

  /** Whether the bytes are frames of this coding, one behind the other, and nothing else. */
  public boolean fits(ByteBuffer bytes) {
    int at = bytes.position();
    while (at < bytes.limit()) {
      int length = length(bytes, at, bytes.limit() - at);
      if (length <= 0) {
        return false;
      }
      at += length;
    }
    return at == bytes.limit() && bytes.hasRemaining();
  }
}
