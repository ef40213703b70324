package io.roadcast.jtt.live;

import java.time.Duration;

/** Starts timers. */
@FunctionalInterface
interface Timers {
  /**
   * @param task runs on any thread; must not block
   * @return cancels it, if that is not too late
   */
  Runnable start(Duration after, Runnable task);
}
