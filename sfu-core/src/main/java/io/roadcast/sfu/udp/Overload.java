package io.roadcast.sfu.udp;

/**
 * Notices that a worker can not keep up: live frames wait longer and longer for their turn. Then so
 * many viewers have to be left out that the rest is served in time.
 *
 * <p>It looks at the least that any frame waited in each period, which a pause of the machine, a
 * large picture or a burst of joins does not raise for long. A backlog that shrinks by itself is
 * left alone. The worker's thread only, except {@link #refuses}.
 */
final class Overload {
  /** Who waits longer is late. */
  static final long LATE_NANOS = 100_000_000;

  static final long PERIOD_NANOS = 100_000_000;

  /** In this time the backlog is to be worked off. */
  private static final double REPAIR_NANOS = 2e9;

  /** A worker that never sleeps has no room, even if nobody waits yet. */
  private static final double FULL = 0.95;

  private static final int FULL_SECONDS = 3;
  private static final long REFUSING_NANOS = 5_000_000_000L;
  private static final long NONE = Long.MAX_VALUE;

  private long periodBegan;
  private long leastNow = NONE;
  private long leastBefore = NONE;
  private int fullSeconds;
  private volatile long refusingUntilNanos;

  Overload(long nowNanos) {
    periodBegan = nowNanos;
    refusingUntilNanos = nowNanos;
  }

  /**
   * A live frame's turn has come.
   *
   * @param waitedNanos since its last byte came in
   * @return which part of the viewers can not be served now, 0 to 1; mostly 0
   */
  double waited(long waitedNanos, long nowNanos) {
    leastNow = Math.min(leastNow, waitedNanos);
    long elapsed = nowNanos - periodBegan;
    if (elapsed < PERIOD_NANOS) {
      return 0;
    }
    double part = leastBefore == NONE ? 0 : excess(leastBefore, leastNow, elapsed);
    if (part > 0) {
      refusingUntilNanos = nowNanos + REFUSING_NANOS;
    }
    leastBefore = leastNow;
    leastNow = NONE;
    periodBegan = nowNanos;
    return part;
  }

  /** If the wait grows by g in a second there is 1 + g times as much to do as can be done. */
  private static double excess(long before, long now, long elapsed) {
    if (before < LATE_NANOS || now < before) {
      return 0;
    }
    double growth = (double) (now - before) / elapsed;
    double surplus = growth + (now - LATE_NANOS) / REPAIR_NANOS;
    return surplus / (1 + surplus);
  }

  /**
   * A second is over.
   *
   * @param busy part of it in which the worker did not sleep
   */
  void measured(double busy, long nowNanos) {
    fullSeconds = busy < FULL ? 0 : fullSeconds + 1;
    if (fullSeconds >= FULL_SECONDS) {
      refusingUntilNanos = nowNanos + REFUSING_NANOS;
    }
  }

  /** Any thread: whether more viewers would be too many. */
  boolean refuses(long nowNanos) {
    return refusingUntilNanos - nowNanos > 0;
  }
}
