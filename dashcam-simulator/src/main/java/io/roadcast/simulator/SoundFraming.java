package io.roadcast.simulator;

import io.roadcast.media.Codec;
import java.nio.ByteBuffer;

/** Puts around coded sound what terminals put around it. */
record SoundFraming(Codec codec, Sound.Framing framing, int sampleRate) {
  private static final int ADTS_BYTES = 7;
  private static final int HISILICON_BYTES = 4;
  private static final int[] ADTS_RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000
  };

  byte[] around(byte[] coded) {
    return switch (framing) {
      case PLAIN -> codec == Codec.AAC ? adts(coded) : coded;
      case HISILICON -> hisilicon(coded);
      case RAW -> coded;
    };
  }

  /** {@code 00 01 LL 00}: so many 16-bit words follow. */
  private static byte[] hisilicon(byte[] coded) {
    return ByteBuffer.allocate(HISILICON_BYTES + coded.length)
        .put((byte) 0)
        .put((byte) 1)
        .put((byte) (coded.length / 2))
        .put((byte) 0)
        .put(coded)
        .array();
  }

  /** ISO/IEC 13818-7, section 6.2: AAC-LC, mono, no checksum, one block. */
  private byte[] adts(byte[] coded) {
    int rate = 0;
    while (ADTS_RATES[rate] != sampleRate) {
      rate++;
    }
    int length = ADTS_BYTES + coded.length;
    return ByteBuffer.allocate(length)
        .put((byte) 0xff)
        .put((byte) 0xf1)
        .put((byte) (1 << 6 | rate << 2))
        .put((byte) (1 << 6 | length >> 11))
        .put((byte) (length >> 3))
        .put((byte) ((length & 7) << 5 | 0x1f))
        .put((byte) 0xfc)
        .put(coded)
        .array();
  }
}
