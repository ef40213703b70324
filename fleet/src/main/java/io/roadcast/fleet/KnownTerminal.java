package io.roadcast.fleet;

import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What everybody who meets a terminal on the wire needs to know of it, without asking the database.
 *
 * @param digits that name its streams: its phone number, or else another of its numbers
 * @param vehicle that it is in; null if in none
 * @param plate of the vehicle
 * @param codeGeneration see {@link TerminalCredentials}
 * @param givenCodeMac the seal of an authentication code that somebody else gave it; null if none
 *     did
 */
public record KnownTerminal(
    UUID id,
    UUID organization,
    String digits,
    @Nullable UUID vehicle,
    @Nullable String plate,
    int codeGeneration,
    byte @Nullable [] givenCodeMac) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KnownTerminal that
        && id.equals(that.id)
        && organization.equals(that.organization)
        && digits.equals(that.digits)
        && Objects.equals(vehicle, that.vehicle)
        && Objects.equals(plate, that.plate)
        && codeGeneration == that.codeGeneration
        && Arrays.equals(givenCodeMac, that.givenCodeMac);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
