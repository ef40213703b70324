package io.roadcast.signaling.http;

import java.time.Duration;

/** Hears of every request that was answered, on its thread. Must not block. */
@FunctionalInterface
public interface RequestObserver {
  /**
   * @param route the route's pattern such as "/whep/{stream}", or "other"
   */
  void served(String method, String route, int status, Duration time);
}
