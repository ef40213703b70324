package io.roadcast.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people made of an event. */
public record EventHandling(
    @Nullable Instant acknowledgedAt,
    @Nullable String acknowledgedBy,
    @Nullable String assignee,
    boolean falseAlarm) {
  public static final EventHandling NONE = new EventHandling(null, null, null, false);
}
