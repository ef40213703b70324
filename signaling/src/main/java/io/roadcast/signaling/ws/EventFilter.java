package io.roadcast.signaling.ws;

import io.roadcast.events.EventKind;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which events a client wants to be told of; null where it does not matter. */
record EventFilter(
    @Nullable String terminal,
    @Nullable Set<UUID> groups,
    @Nullable EventKind kind,
    @Nullable Severity least) {
  boolean fits(SafetyEvent event) {
    UUID group = event.owner().group();
    return (terminal == null || terminal.equals(event.terminal()))
        && (groups == null || (group != null && groups.contains(group)))
        && (kind == null || kind == event.type().kind())
        && (least == null || event.severity().compareTo(least) >= 0);
  }
}
