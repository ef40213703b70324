package io.roadcast.media.audio;

/** Tones, and how much of one there is in some sound. */
public final class Tones {
  private static final double LOUDNESS = 8000;

  private Tones() {}

  /**
   * @param first number of the first sample since the tone began
   */
  public static short[] sine(double hertz, int sampleRate, long first, int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (LOUDNESS * Math.sin(2 * Math.PI * hertz * (first + i) / sampleRate));
    }
    return samples;
  }

  /** The amplitude of a tone (one bin of a discrete Fourier transform). */
  public static double strength(short[] samples, int sampleRate, double hertz) {
    double real = 0;
    double imaginary = 0;
    for (int i = 0; i < samples.length; i++) {
      double angle = 2 * Math.PI * hertz * i / sampleRate;
      real += samples[i] * Math.cos(angle);
      imaginary += samples[i] * Math.sin(angle);
    }
    return 2 * Math.hypot(real, imaginary) / Math.max(1, samples.length);
  }
}
