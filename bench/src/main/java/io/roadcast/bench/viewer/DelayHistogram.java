package io.roadcast.bench.viewer;

/**
 * Counts spans of time in classes 1/8 of an octave wide, from microseconds to hours. What a
 * statistics record holds is a copy that no longer changes.
 */
public final class DelayHistogram {
  private static final int STEPS = 8;
  private static final int STEP_BITS = 3;
  private static final int CLASSES = 40 * STEPS;

  private final int[] counts = new int[CLASSES];
  private long samples;
  private long max;

  /** Adds a span; a negative one counts as none. */
  void add(long nanos) {
    long micros = Math.max(0, nanos) / 1000;
    counts[index(micros)]++;
    samples++;
    max = Math.max(max, micros);
  }

  void addAll(DelayHistogram other) {
    for (int i = 0; i < CLASSES; i++) {
      counts[i] += other.counts[i];
    }
    samples += other.samples;
    max = Math.max(max, other.max);
  }

  DelayHistogram copy() {
    DelayHistogram copy = new DelayHistogram();
    copy.addAll(this);
    return copy;
  }

  /** The percentiles, each not less than the true one and at most 1/8 above it. */
  public DelayStatistics statistics() {
    return new DelayStatistics(samples, percentile(0.5), percentile(0.95), percentile(0.99), max);
  }

  private long percentile(double share) {
    long wanted = (long) Math.ceil(share * samples);
    long seen = 0;
    for (int i = 0; i < CLASSES && wanted > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(max, upperBound(i));
      }
    }
    return 0;
  }

  private static int index(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int octave = 63 - Long.numberOfLeadingZeros(micros);
    int step = (int) (micros >> (octave - STEP_BITS)) & (STEPS - 1);
    return Math.min(CLASSES - 1, (octave - STEP_BITS + 1) * STEPS + step);
  }

  private static long upperBound(int index) {
    if (index < STEPS) {
      return index;
    }
    int octave = index / STEPS - 1 + STEP_BITS;
    long step = index % STEPS;
    return (1L << octave) + ((step + 1) << (octave - STEP_BITS)) - 1;
  }
}
