package io.roadcast.simulator;

import io.roadcast.simulator.picture.Flash;

/**
 * What the microphone hears: an engine's hum, and at the beginning of each second of the stream's
 * time, for {@link Flash#LIT_MILLIS}, a beep whose first half is {@link #LOW_HERTZ} and whose
 * second half is {@link #HIGH_HERTZ}. The beep is at least four times as loud as the hum.
 */
public final class EngineSound {
  public static final int LOW_HERTZ = 880;
  public static final int HIGH_HERTZ = 1320;

  private static final double BEEP_LOUDNESS = 5200;
  private static final double HUM_LOUDNESS = 420;
  private static final double BEEP_SECONDS = Flash.LIT_MILLIS / 1000.0;
  private static final double RISE_SECONDS = 0.005;

  private EngineSound() {}

  /**
   * Samples of the stream's time.
   *
   * @param first the first one's place on the timeline, counted in samples
   * @param rate samples per second
   */
  public static short[] samples(long first, int count, int rate) {
    short[] samples = new short[count];
    for (int index = 0; index < count; index++) {
      long at = first + index;
      double inSecond = (double) Math.floorMod(at, (long) rate) / rate;
      samples[index] = (short) Math.round(hum((double) at / rate) + beep(inSecond));
    }
    return samples;
  }

  private static double hum(double seconds) {
    double pitch = 2 * Math.PI * 46 * seconds;
    double swell = 0.75 + 0.25 * Math.sin(2 * Math.PI * 0.23 * seconds);
    double tone = Math.sin(pitch) + 0.5 * Math.sin(2 * pitch + 0.4) + 0.25 * Math.sin(3 * pitch);
    return HUM_LOUDNESS * swell * tone;
  }

  private static double beep(double seconds) {
    if (seconds >= BEEP_SECONDS) {
      return 0;
    }
    double pitch = 2 * Math.PI * (seconds < BEEP_SECONDS / 2 ? LOW_HERTZ : HIGH_HERTZ);
    double rise = Math.min(1, seconds / RISE_SECONDS);
    double fall = Math.min(1, (BEEP_SECONDS - seconds) / RISE_SECONDS);
    return BEEP_LOUDNESS * rise * fall * Math.sin(pitch * seconds);
  }
}
