package io.roadcast.sfu.udp;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Delays in fixed buckets from 50 us to 1 s. One thread writes, any thread reads; nothing is locked
 * or allocated.
 */
public final class DelayHistogram {
  private static final long[] BOUNDS_NANOS = {
    50_000,
    100_000,
    200_000,
    300_000,
    400_000,
    500_000,
    750_000,
    1_000_000,
    1_250_000,
    1_500_000,
    1_750_000,
    2_000_000,
    2_250_000,
    2_500_000,
    3_000_000,
    4_000_000,
    5_000_000,
    7_500_000,
    10_000_000,
    20_000_000,
    50_000_000,
    100_000_000,
    200_000_000,
    500_000_000,
    1_000_000_000,
    Long.MAX_VALUE
  };

  /** One place per bucket, then the sum of all delays. */
  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_NANOS.length + 1);

  /** Counts one delay; a negative one counts as none. The writer's thread only. */
  public void record(long nanos) {
    int bucket = 0;
    while (nanos > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
    counts.setOpaque(
        BOUNDS_NANOS.length, counts.getPlain(BOUNDS_NANOS.length) + Math.max(0, nanos));
  }

  public Snapshot snapshot() {
    long[] copy = new long[BOUNDS_NANOS.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.getOpaque(i);
    }
    return new Snapshot(BOUNDS_NANOS.clone(), copy, counts.getOpaque(BOUNDS_NANOS.length));
  }

  /**
   * A histogram as it was.
   *
   * @param boundsNanos upper bounds, inclusive, rising; the last is {@link Long#MAX_VALUE}
   * @param counts how many delays were within each bound and above the one before
   * @param sumNanos of all delays
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Snapshot(long[] boundsNanos, long[] counts, long sumNanos) {
    public long count() {
      long sum = 0;
      for (long count : counts) {
        sum += count;
      }
      return sum;
    }

    /**
     * The bound below which that part of the delays is; 0 without any.
     *
     * @param part 0 to 1
     */
    public long percentileNanos(double part) {
      long wanted = (long) Math.ceil(part * count());
      long seen = 0;
      for (int i = 0; i < counts.length; i++) {
        seen += counts[i];
        if (seen >= wanted) {
          return wanted == 0 ? 0 : boundsNanos[i];
        }
      }
      return 0;
    }
  }
}
