package io.roadcast.sfu.udp;

/**
 * How often a viewer may be shown the cached pictures again. Who asks right after the beginning has
 * missed it: packets that came before it could open any are lost to it for good. It is shown them
 * at once, and soon if that did not help; others not within a second of the last time. In ten
 * seconds there are four times in all.
 */
final class ReplayLimit {
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final long SOON_NANOS = 300_000_000;
  private static final long BEGINNING_NANOS = 2_000_000_000L;
  private static final long PERIOD_NANOS = 10_000_000_000L;
  private static final int PER_PERIOD = 4;

  private final long[] times = new long[PER_PERIOD];
  private int count;
  private long begunNanos;

  boolean allows(long nowNanos) {
    boolean rested =
        count == 0 || nowNanos - times[(count - 1) % PER_PERIOD] >= pauseNanos(nowNanos);
    return rested && (count < PER_PERIOD || nowNanos - times[count % PER_PERIOD] >= PERIOD_NANOS);
  }

  private long pauseNanos(long nowNanos) {
    if (missedBeginning(nowNanos)) {
      return 0;
    }
    return count == 2 && nowNanos - begunNanos < BEGINNING_NANOS ? SOON_NANOS : PAUSE_NANOS;
  }

  /** Whether a request of this moment is about the very first replay. */
  boolean missedBeginning(long nowNanos) {
    return count == 1 && nowNanos - begunNanos < PAUSE_NANOS;
  }

  /** The replay that was noted last is over: the pause is counted from here. */
  void ended(long nowNanos) {
    if (count > 0) {
      times[(count - 1) % PER_PERIOD] = nowNanos;
    }
  }

  /** A replay begins, whether it was asked for or not. */
  void note(long nowNanos) {
    if (count == 0) {
      begunNanos = nowNanos;
    }
    times[count % PER_PERIOD] = nowNanos;
    count = count + 1 == 2 * PER_PERIOD ? PER_PERIOD : count + 1;
  }
}
