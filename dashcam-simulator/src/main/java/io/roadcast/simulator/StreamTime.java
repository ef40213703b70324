package io.roadcast.simulator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The timeline that all pictures and sounds of a simulation share: it begins at a whole second of
 * the wall clock, so that timestamps are milliseconds since 1970 and the dot in the picture is lit
 * at the beginning of the clock's seconds.
 */
final class StreamTime {
  private final long originNanos;
  private final long originMillis;

  private StreamTime(long originNanos, long originMillis) {
    this.originNanos = originNanos;
    this.originMillis = originMillis;
  }

  /** Begins at the last whole second. */
  static StreamTime startingNow() {
    long now = System.currentTimeMillis();
    long second = now - Math.floorMod(now, 1000L);
    return new StreamTime(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(now - second), second);
  }

  /** Milliseconds of the timeline that have passed. */
  long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - originNanos);
  }

  /** What the wire says for a moment of the timeline. */
  long timestamp(long millis) {
    return originMillis + millis;
  }

  /**
   * Sleeps until a moment of the timeline.
   *
   * @return false when the thread was interrupted
   */
  boolean sleepUntil(long millis) {
    while (!Thread.currentThread().isInterrupted()) {
      long left = originNanos + TimeUnit.MILLISECONDS.toNanos(millis) - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(left);
    }
    return false;
  }
}
