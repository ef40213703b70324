package io.roadcast.sfu.transcode;

import java.util.function.LongSupplier;

/**
 * Tells work that is stuck from work that waits for the processor: how much processor time the
 * message that is being worked on has used. One thread works, another one asks.
 */
final class CurrentWork {
  private static final long NONE = -1;

  private final LongSupplier workerCpuNanos;

  /** Odd while a message is worked on. Written by the worker. */
  private volatile long steps;

  // The asking thread's.
  private long askedAt = NONE;
  private long usedBefore;

  /**
   * @param workerCpuNanos what the working thread has used so far; only asked about a message that
   *     is being worked on
   */
  CurrentWork(LongSupplier workerCpuNanos) {
    this.workerCpuNanos = workerCpuNanos;
  }

  void begins() {
    steps = steps + 1;
  }

  void ends() {
    steps = steps + 1;
  }

  /** Nanoseconds since it was first asked during the present message; 0 between messages. */
  long usedNanos() {
    long now = steps;
    if ((now & 1) == 0) {
      askedAt = NONE;
      return 0;
    }
    long used = workerCpuNanos.getAsLong();
    if (now != askedAt) {
      askedAt = now;
      usedBefore = used;
    }
    return used - usedBefore;
  }
}
