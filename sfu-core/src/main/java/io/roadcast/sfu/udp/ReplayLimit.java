package io.roadcast.sfu.udp;

/**
 * How often a viewer may be shown the cached pictures again: not within a second of the last time,
 * and three times in ten seconds.
 */
final class ReplayLimit {
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final long PERIOD_NANOS = 10_000_000_000L;
  private static final int PER_PERIOD = 3;

  private final long[] times = new long[PER_PERIOD];
  private int count;

  boolean allows(long nowNanos) {
    return (count == 0 || nowNanos - times[(count - 1) % PER_PERIOD] >= PAUSE_NANOS)
        && (count < PER_PERIOD || nowNanos - times[count % PER_PERIOD] >= PERIOD_NANOS);
  }

  /** The replay that was noted last is over: the pause is counted from here. */
  void ended(long nowNanos) {
    if (count > 0) {
      times[(count - 1) % PER_PERIOD] = nowNanos;
    }
  }

  /** A replay begins, whether it was asked for or not. */
  void note(long nowNanos) {
    times[count % PER_PERIOD] = nowNanos;
    count = count + 1 == 2 * PER_PERIOD ? PER_PERIOD : count + 1;
  }
}
