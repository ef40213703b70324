package io.roadcast.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of an event, or the wish for one.
 *
 * @param name as shown; may come from a terminal, so never a path
 * @param place where the storage has it; null while there is nothing
 * @param sha256 in lower case hexadecimal
 * @param from first moment that it shows; of clips
 * @param to last moment that it shows; of clips
 * @param reason why it is not complete, a stable code
 */
public record Evidence(
    UUID id,
    UUID event,
    EvidenceKind kind,
    EvidenceState state,
    String name,
    @Nullable Integer channel,
    @Nullable String contentType,
    @Nullable String place,
    @Nullable Long bytes,
    @Nullable String sha256,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String reason,
    Instant createdAt) {
  /** A wish without anything there. */
  public static Evidence wished(
      UUID id, UUID event, EvidenceKind kind, String name, @Nullable Integer channel, Instant now) {
    return new Evidence(
        id,
        event,
        kind,
        EvidenceState.REQUESTED,
        name,
        channel,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        now);
  }

  public Evidence of(Instant begin, Instant end) {
    return new Evidence(
        id,
        event,
        kind,
        state,
        name,
        channel,
        contentType,
        place,
        bytes,
        sha256,
        begin,
        end,
        reason,
        createdAt);
  }

  public Evidence in(EvidenceState now, @Nullable String why) {
    return new Evidence(
        id,
        event,
        kind,
        now,
        name,
        channel,
        contentType,
        place,
        bytes,
        sha256,
        from,
        to,
        why,
        createdAt);
  }

  /** It is there, or a part of it. */
  public Evidence stored(
      EvidenceState now, String where, String type, long size, @Nullable String checksum) {
    return new Evidence(
        id, event, kind, now, name, channel, type, where, size, checksum, from, to, null,
        createdAt);
  }
}
