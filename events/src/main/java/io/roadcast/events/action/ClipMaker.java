package io.roadcast.events.action;

import io.roadcast.events.SafetyEvent;
import java.time.Instant;
import java.util.Set;

/** Cuts clips from our own video. Called on a virtual thread; may block. */
@FunctionalInterface
public interface ClipMaker {
  /**
   * Takes the wish; the clip itself comes later, as evidence of the event. The same wish for the
   * same event is one clip, also after a restart.
   *
   * @param channels of the event's terminal; empty for all that were live
   * @param to may lie in the future
   */
  void cut(SafetyEvent event, Set<Integer> channels, Instant from, Instant to)
      throws ActionFailedException;
}
