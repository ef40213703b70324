package io.roadcast.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The box in a vehicle.
 *
 * @param vehicle that it is in now; null if in none
 * @param facts what it last said of itself
 * @param identities of now; those of the past are kept too, but not here
 * @param lastSeenAt when it last registered or authenticated; null if never
 */
public record Terminal(
    UUID id,
    UUID organization,
    @Nullable String name,
    @Nullable UUID vehicle,
    TerminalFacts facts,
    List<TerminalIdentity> identities,
    @Nullable Instant registeredAt,
    @Nullable Instant lastSeenAt,
    Revision revision) {
  public Terminal {
    identities = List.copyOf(identities);
  }

  /** With other identities. */
  public Terminal goingBy(List<TerminalIdentity> others) {
    return new Terminal(
        id, organization, name, vehicle, facts, others, registeredAt, lastSeenAt, revision);
  }

  /** The digits that its streams are named by; empty for a terminal without a number. */
  public Optional<String> phone() {
    return identities.stream()
        .filter(identity -> identity.kind() == IdentityKind.PHONE)
        .map(TerminalIdentity::digits)
        .findFirst();
  }
}
