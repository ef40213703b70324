package io.roadcast.signaling.http;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts values in buckets, for a Prometheus histogram. Any thread. */
public final class Distribution {
  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * @param bounds upper bounds, inclusive, rising; a last bucket takes what is above
   */
  Distribution(double... bounds) {
    this.bounds = bounds;
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  void add(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    sum.add(value);
  }

  public Snapshot snapshot() {
    long[] now = new long[counts.length()];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts.get(i);
    }
    return new Snapshot(bounds.clone(), now, sum.sum());
  }

  /**
   * Values as they were counted.
   *
   * @param bounds upper bounds of all buckets but the last, which has none
   * @param counts of each bucket alone
   * @param sum of all values
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Snapshot(double[] bounds, long[] counts, double sum) {}
}
