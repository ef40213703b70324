package io.roadcast.media.audio;

/**
 * G.711 samples to linear ones and back (ITU-T G.711, tables 1a to 2b). Linear samples are signed
 * 16-bit: the standard's 13 (A-law) or 14 bits (mu-law) stand in the high bits.
 */
public enum G711 {
  A_LAW {
    @Override
    int expand(int code) {
      int toggled = code ^ 0x55;
      int segment = (toggled >> 4) & 7;
      int step = toggled & 0x0F;
      int magnitude = segment == 0 ? step * 16 + 8 : (step * 16 + 264) << (segment - 1);
      return (toggled & 0x80) != 0 ? magnitude : -magnitude;
    }

    @Override
    public byte encode(int sample) {
      boolean negative = sample < 0;
      int magnitude = Math.min(negative ? ~sample : sample, 32_767) >> 4;
      int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
      int step = (segment < 2 ? magnitude : magnitude >> (segment - 1)) & 0x0F;
      return (byte) ((negative ? 0 : 0x80) ^ ((segment << 4) | step) ^ 0x55);
    }
  },
  MU_LAW {
    @Override
    int expand(int code) {
      int inverted = ~code;
      int segment = (inverted >> 4) & 7;
      int magnitude = (((inverted & 0x0F) * 8 + BIAS) << segment) - BIAS;
      return (inverted & 0x80) != 0 ? -magnitude : magnitude;
    }

    @Override
    public byte encode(int sample) {
      boolean negative = sample < 0;
      int magnitude = Math.min(Math.abs(sample), 32_635) + BIAS;
      int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
      int step = (magnitude >> (segment + 3)) & 0x0F;
      return (byte) ~((negative ? 0x80 : 0) | (segment << 4) | step);
    }
  };

  private static final int BIAS = 132;

  private final short[] linear = new short[256];

  G711() {
    for (int code = 0; code < 256; code++) {
      linear[code] = (short) expand(code);
    }
  }

  abstract int expand(int code);

  /** The coded sample that is nearest to a linear one; louder than 16 bits is clipped. */
  public abstract byte encode(int sample);

  /** All of them, coded. */
  public byte[] encode(short[] samples) {
    byte[] coded = new byte[samples.length];
    for (int i = 0; i < coded.length; i++) {
      coded[i] = encode(samples[i]);
    }
    return coded;
  }

  /** The linear sample of a coded one. */
  public short decode(byte code) {
    return linear[code & 0xFF];
  }
}
