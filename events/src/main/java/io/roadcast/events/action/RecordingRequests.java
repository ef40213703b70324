package io.roadcast.events.action;

import io.roadcast.events.SafetyEvent;
import java.time.Duration;
import java.util.Set;

/** Has cameras recorded for a while. Called on a virtual thread; may block. */
@FunctionalInterface
public interface RecordingRequests {
  /**
   * @param channels of the event's terminal; empty for the event's own, or else the first
   */
  void record(SafetyEvent event, Set<Integer> channels, Duration length)
      throws ActionFailedException;
}
