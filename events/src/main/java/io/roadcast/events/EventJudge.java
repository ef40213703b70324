package io.roadcast.events;

import java.util.List;
import java.util.UUID;

/** Says what is to be done about a new event. Any thread; may be asked again about the same one. */
@FunctionalInterface
public interface EventJudge {
  /**
   * @param groups that its vehicle is in, at whatever depth
   */
  Verdict judge(SafetyEvent event, List<UUID> groups);
}
