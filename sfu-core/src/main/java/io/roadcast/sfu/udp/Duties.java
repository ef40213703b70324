package io.roadcast.sfu.udp;

import io.roadcast.sfu.udp.WorkerCounters.Count;
import java.util.List;

/**
 * What has to be done for each viewer once a second, spread evenly over the second: each tick of 20
 * ms serves every fiftieth viewer. Also knows how busy the worker is.
 */
final class Duties {
  private static final long TICK_NANOS = 20_000_000;
  private static final long IDLE_TICK_NANOS = 500_000_000;
  private static final int TICKS = 50;
  private static final long SECOND_NANOS = TICKS * TICK_NANOS;

  private final List<Viewer> viewers;
  private final WorkerCounters counters;
  private final Overload overload;
  private long dueNanos;
  private int tick;
  private long secondBegan;
  private long sleptNanos;

  Duties(List<Viewer> viewers, WorkerCounters counters, Overload overload, long nowNanos) {
    this.viewers = viewers;
    this.counters = counters;
    this.overload = overload;
    this.dueNanos = nowNanos + TICK_NANOS;
    this.secondBegan = nowNanos;
  }

  long dueNanos() {
    return dueNanos;
  }

  /** The worker slept, or waited for its socket, for so long. */
  void slept(long nanos) {
    sleptNanos += nanos;
  }

  void tick(long nowNanos) {
    if (nowNanos - dueNanos < 0) {
      return;
    }
    // Ticks that were missed are not made up for: their viewers wait for the next second.
    dueNanos = nowNanos + (viewers.isEmpty() ? IDLE_TICK_NANOS : TICK_NANOS);
    tick = (tick + 1) % TICKS;
    for (int i = lastOfThisTick(); i >= 0; i -= TICKS) {
      if (i < viewers.size()) {
        viewers.get(i).guarded(viewer -> viewer.everySecond(nowNanos));
      }
    }
    if (nowNanos - secondBegan >= SECOND_NANOS) {
      measure(nowNanos);
    }
  }

  /** From the last to the first, because a viewer may end here. */
  private int lastOfThisTick() {
    int size = viewers.size();
    return size <= tick ? -1 : tick + (size - 1 - tick) / TICKS * TICKS;
  }

  private void measure(long nowNanos) {
    long elapsed = nowNanos - secondBegan;
    double busy = Math.max(0, (elapsed - sleptNanos) / (double) elapsed);
    counters.set(Count.UTILISATION, (long) (busy * 1e6));
    overload.measured(busy, nowNanos);
    secondBegan = nowNanos;
    sleptNanos = 0;
  }
}
