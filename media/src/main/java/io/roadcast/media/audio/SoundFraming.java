package io.roadcast.media.audio;

import java.nio.ByteBuffer;

/** What stands around a coded block of sound in a JT/T 1078 packet. */
public enum SoundFraming {
  NONE {
    @Override
    public byte[] around(byte[] coded, int sampleRate) {
      return coded;
    }
  },

  /** Hisilicon's header {@code 00 01 LL 00}: so many 16-bit words follow. */
  HISILICON {
    @Override
    public byte[] around(byte[] coded, int sampleRate) {
      return ByteBuffer.allocate(HISILICON_BYTES + coded.length)
          .put((byte) 0)
          .put((byte) 1)
          .put((byte) (coded.length / 2))
          .put((byte) 0)
          .put(coded)
          .array();
    }
  },

  /** A header for AAC-LC, mono, no checksum, one block (ISO/IEC 13818-7, section 6.2). */
  ADTS {
    @Override
    public byte[] around(byte[] coded, int sampleRate) {
      int length = ADTS_BYTES + coded.length;
      return ByteBuffer.allocate(length)
          .put((byte) 0xff)
          .put((byte) 0xf1)
          .put((byte) (1 << 6 | adtsRate(sampleRate) << 2))
          .put((byte) (1 << 6 | length >> 11))
          .put((byte) (length >> 3))
          .put((byte) ((length & 7) << 5 | 0x1f))
          .put((byte) 0xfc)
          .put(coded)
          .array();
    }
  };

  /** The longest block of which Hisilicon's header can say the length. */
  static final int MAX_HISILICON_BYTES = 2 * 0xff;

  private static final int HISILICON_BYTES = 4;
  private static final int ADTS_BYTES = 7;
  private static final int[] ADTS_RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000
  };

  /**
   * The block with its header.
   *
   * @param coded not changed, may be what is returned
   * @param sampleRate of the coded sound, per second
   * @throws IllegalArgumentException if the header has no number for the rate
   */
  public abstract byte[] around(byte[] coded, int sampleRate);

  private static int adtsRate(int sampleRate) {
    for (int i = 0; i < ADTS_RATES.length; i++) {
      if (ADTS_RATES[i] == sampleRate) {
        return i;
      }
    }
    throw new IllegalArgumentException("ADTS has no number for " + sampleRate + " Hz");
  }
}
