package io.roadcast.sfu.udp;

import java.util.Arrays;

/**
 * When packets were sent again, so that impatient requests within a round trip are not answered
 * twice. Most viewers never ask, so there is room only from the first repair on.
 */
final class RecentRepairs {
  private static final int CAPACITY = 256;

  private long[] sequences = {};
  private long[] nanos = {};

  /** When the packet was last sent again, or {@code otherwise} if that is not known. */
  long lastNanos(long sequence, long otherwise) {
    int slot = slot(sequence);
    return sequences.length > 0 && sequences[slot] == sequence ? nanos[slot] : otherwise;
  }

  void note(long sequence, long nowNanos) {
    if (sequences.length == 0) {
      sequences = new long[CAPACITY];
      nanos = new long[CAPACITY];
      Arrays.fill(sequences, -1);
    }
    sequences[slot(sequence)] = sequence;
    nanos[slot(sequence)] = nowNanos;
  }

  private static int slot(long sequence) {
    return (int) (sequence & (CAPACITY - 1));
  }
}
