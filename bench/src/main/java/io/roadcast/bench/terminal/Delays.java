package io.roadcast.bench.terminal;

import java.util.Arrays;

/** Delays of many requests. Used by one thread. */
final class Delays {
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private long[] nanos = new long[1024];
  private int count;

  void add(long delayNanos) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = delayNanos;
  }

  int count() {
    return count;
  }

  /**
   * @param share 0.5 for the median
   */
  double milliseconds(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) (count * share))] / NANOS_PER_MILLISECOND;
  }

  @Override
  public String toString() {
    return String.format(
        "%d answers, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
        count, milliseconds(0.5), milliseconds(0.99), milliseconds(1));
  }
}
