package io.roadcast.sfu.udp;

import java.util.Arrays;

/**
 * When packets were sent again, so that impatient requests within a round trip are not answered
 * twice.
 */
final class RecentRepairs {
  private static final int CAPACITY = 256;

  private final long[] sequences = new long[CAPACITY];
  private final long[] nanos = new long[CAPACITY];

  RecentRepairs() {
    Arrays.fill(sequences, -1);
  }

  /** When the packet was last sent again, or {@code otherwise} if that is not known. */
  long lastNanos(long sequence, long otherwise) {
    int slot = (int) (sequence & (CAPACITY - 1));
    return sequences[slot] == sequence ? nanos[slot] : otherwise;
  }

  void note(long sequence, long nowNanos) {
    int slot = (int) (sequence & (CAPACITY - 1));
    sequences[slot] = sequence;
    nanos[slot] = nowNanos;
  }
}
