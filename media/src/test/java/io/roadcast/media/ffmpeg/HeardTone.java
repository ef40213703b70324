package io.roadcast.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.audio.SoundDecoder;
import io.roadcast.media.audio.Tones;
import java.util.Arrays;

/**
 * Three seconds as somebody hears them, with each sample where its time says; a tone sounds in the
 * middle.
 */
final class HeardTone {
  static final double HERTZ = 880;
  private static final double OTHER_HERTZ = 2300;
  private static final int BEGINS_MILLIS = 1000;
  private static final int ENDS_MILLIS = 1500;
  private static final int QUIETER = 200;

  private final int rate;
  private final long startMicros;
  private final short[] timeline;
  private int damaged;

  /**
   * @param rate in samples a second
   * @param startMicros when it begins
   */
  HeardTone(int rate, long startMicros) {
    this.rate = rate;
    this.startMicros = startMicros;
    this.timeline = new short[3 * rate];
  }

  /** What somebody says: nearly nothing but the tone, in the first three seconds. */
  static short[] said(long first, int count, int rate) {
    short[] samples = Tones.sine(HERTZ, rate, first, count);
    for (int i = 0; i < count; i++) {
      long millis = (first + i) * 1000 / rate;
      if (millis < BEGINS_MILLIS || millis >= ENDS_MILLIS) {
        samples[i] = (short) (samples[i] / QUIETER);
      }
    }
    return samples;
  }

  /** Takes what a decoder makes of a block of this time. */
  SoundDecoder.Output block(long timeMicros) {
    int[] at = {(int) ((timeMicros - startMicros) * rate / 1_000_000)};
    return new SoundDecoder.Output() {
      @Override
      public void samples(short[] samples, int sampleRate) {
        assertThat(sampleRate).isEqualTo(rate);
        for (short sample : samples) {
          if (at[0] >= 0 && at[0] < timeline.length) {
            timeline[at[0]] = sample;
          }
          at[0]++;
        }
      }

      @Override
      public void damaged() {
        HeardTone.this.damage();
      }
    };
  }

  void damage() {
    damaged++;
  }

  int damaged() {
    return damaged;
  }

  short[] between(int fromMillis, int toMillis) {
    return Arrays.copyOfRange(timeline, fromMillis * rate / 1000, toMillis * rate / 1000);
  }

  /** The tone and no other was heard, when it was said. */
  void assertHeard() {
    assertThat(damaged).isZero();
    short[] tone = between(BEGINS_MILLIS + 100, ENDS_MILLIS - 100);
    double strength = Tones.strength(tone, rate, HERTZ);
    assertThat(strength).isGreaterThan(3000);
    assertThat(strength).isGreaterThan(8 * Tones.strength(tone, rate, OTHER_HERTZ));
    assertThat(loudestFirst() - BEGINS_MILLIS).as("late by ms").isBetween(-8L, 8L);
  }

  /** When it first is half as loud as the tone, in ms. */
  private long loudestFirst() {
    for (int i = rate / 2; i < timeline.length; i++) {
      if (Math.abs(timeline[i]) > 4000) {
        return i * 1000L / rate;
      }
    }
    return Long.MAX_VALUE;
  }
}
