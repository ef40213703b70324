package io.roadcast.events.store;

import io.roadcast.events.EventKind;
import io.roadcast.events.Severity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events; null where it does not matter.
 *
 * @param organizations whose events the asker may see; null for everybody's
 * @param group with all groups in it, as they were at the time
 * @param type subtype of the kind
 * @param least severity
 * @param open whether it goes on
 * @param acknowledged whether somebody has
 * @param from inclusive
 * @param to exclusive
 */
public record EventQuery(
    @Nullable Set<UUID> organizations,
    @Nullable String terminal,
    @Nullable UUID vehicle,
    @Nullable UUID group,
    @Nullable EventKind kind,
    @Nullable String type,
    @Nullable Severity least,
    @Nullable Boolean open,
    @Nullable Boolean acknowledged,
    @Nullable String assignee,
    @Nullable Boolean falseAlarm,
    @Nullable Boolean suppressed,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** All events. */
  public static final EventQuery ALL =
      new EventQuery(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** All of a terminal. */
  public static EventQuery ofTerminal(String digits) {
    return new EventQuery(
        null, digits, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same, of that time. */
  public EventQuery between(Instant begin, Instant end) {
    return new EventQuery(
        organizations,
        terminal,
        vehicle,
        group,
        kind,
        type,
        least,
        open,
        acknowledged,
        assignee,
        falseAlarm,
        suppressed,
        begin,
        end);
  }

  /** All of a vehicle, of a time. */
  public static EventQuery ofVehicle(UUID vehicle, Instant from, Instant to) {
    return new EventQuery(
        null, null, vehicle, null, null, null, null, null, null, null, null, false, from, to);
  }
}
