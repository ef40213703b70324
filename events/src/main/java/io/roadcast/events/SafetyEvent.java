package io.roadcast.events;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a vehicle, its driver or its equipment.
 *
 * @param source who reported it: jsatl12, jt808, jt1078, or the name of an analyser
 * @param terminal digits without leading zeros
 * @param channel camera that shows it; null if none does in particular
 * @param deviceTime what the terminal's clock showed
 * @param at when it began, best estimate
 * @param endedAt null while it goes on
 * @param endReason null if the terminal reported the end; else {@code timeout}, {@code superseded}
 *     or {@code start_unknown}
 * @param backlog it is old and was sent late
 * @param suppressed a rule took it for a repetition: kept, but nobody is told
 * @param attention a rule asks for somebody's attention
 * @param files null if the terminal keeps none
 * @param details a JSON object
 */
public record SafetyEvent(
    UUID id,
    EventType type,
    Severity severity,
    String source,
    String terminal,
    EventOwner owner,
    @Nullable Integer channel,
    @Nullable EventPlace place,
    @Nullable LocalDateTime deviceTime,
    Instant at,
    Instant receivedAt,
    @Nullable Instant endedAt,
    @Nullable String endReason,
    boolean backlog,
    boolean suppressed,
    boolean attention,
    @Nullable EventFiles files,
    String details,
    EventHandling handling,
    Instant updatedAt) {
  /** It goes on. */
  public boolean open() {
    return endedAt == null;
  }

  /** The same of somebody. */
  public SafetyEvent ownedBy(EventOwner whose) {
    return new SafetyEvent(
        id,
        type,
        severity,
        source,
        terminal,
        whose,
        channel,
        place,
        deviceTime,
        at,
        receivedAt,
        endedAt,
        endReason,
        backlog,
        suppressed,
        attention,
        files,
        details,
        handling,
        updatedAt);
  }

  /** The same, as the rules want it. */
  public SafetyEvent judged(Severity verdict, boolean repetition, boolean notable) {
    return new SafetyEvent(
        id,
        type,
        verdict,
        source,
        terminal,
        owner,
        channel,
        place,
        deviceTime,
        at,
        receivedAt,
        endedAt,
        endReason,
        backlog,
        repetition,
        notable,
        files,
        details,
        handling,
        updatedAt);
  }
}
