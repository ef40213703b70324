package io.roadcast.simulator;

import io.roadcast.media.audio.G711;
import io.roadcast.simulator.picture.Flash;

/**
 * What the microphone hears, as G.711 at 8000 samples a second: an engine's hum, and at the
 * beginning of each second of the stream's time, for {@link Flash#LIT_MILLIS}, a beep whose first
 * half is {@link #LOW_HERTZ} and whose second half is {@link #HIGH_HERTZ}. The beep is at least
 * four times as loud as the hum.
 */
public final class EngineSound {
  public static final int SAMPLES_PER_SECOND = 8000;
  public static final int LOW_HERTZ = 880;
  public static final int HIGH_HERTZ = 1320;

  private static final double BEEP_LOUDNESS = 5200;
  private static final double HUM_LOUDNESS = 420;
  private static final int BEEP_SAMPLES = Flash.LIT_MILLIS * SAMPLES_PER_SECOND / 1000;
  private static final int RISE_SAMPLES = 40;

  private final G711 law;

  public EngineSound(G711 law) {
    this.law = law;
  }

  /** Coded sound from one moment of the stream's time on. */
  public byte[] block(long fromMillis, int millis) {
    byte[] coded = new byte[millis * SAMPLES_PER_SECOND / 1000];
    long first = fromMillis * SAMPLES_PER_SECOND / 1000;
    for (int index = 0; index < coded.length; index++) {
      coded[index] = law.encode(sample(first + index));
    }
    return coded;
  }

  static int sample(long index) {
    double seconds = (double) index / SAMPLES_PER_SECOND;
    return (int) Math.round(hum(seconds) + beep(Math.floorMod(index, (long) SAMPLES_PER_SECOND)));
  }

  private static double hum(double seconds) {
    double pitch = 2 * Math.PI * 46 * seconds;
    double swell = 0.75 + 0.25 * Math.sin(2 * Math.PI * 0.23 * seconds);
    double tone = Math.sin(pitch) + 0.5 * Math.sin(2 * pitch + 0.4) + 0.25 * Math.sin(3 * pitch);
    return HUM_LOUDNESS * swell * tone;
  }

  private static double beep(long indexInSecond) {
    if (indexInSecond >= BEEP_SAMPLES) {
      return 0;
    }
    boolean low = indexInSecond < BEEP_SAMPLES / 2;
    double pitch = 2 * Math.PI * (low ? LOW_HERTZ : HIGH_HERTZ) / SAMPLES_PER_SECOND;
    double rise = Math.min(1, (double) indexInSecond / RISE_SAMPLES);
    double fall = Math.min(1, (double) (BEEP_SAMPLES - indexInSecond) / RISE_SAMPLES);
    return BEEP_LOUDNESS * rise * fall * Math.sin(pitch * indexInSecond);
  }
}
