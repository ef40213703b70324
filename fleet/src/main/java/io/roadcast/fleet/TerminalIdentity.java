package io.roadcast.fleet;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal called itself for a while.
 *
 * @param digits in the form of {@link TerminalDigits}; an alias or IMEI in the same
 * @param raw in hex, as it came over the wire; null if it was entered by a person
 * @param to null while it is valid
 */
public record TerminalIdentity(
    UUID id,
    UUID terminal,
    IdentityKind kind,
    String digits,
    @Nullable String raw,
    Instant from,
    @Nullable Instant to) {
  public boolean current() {
    return to == null;
  }
}
