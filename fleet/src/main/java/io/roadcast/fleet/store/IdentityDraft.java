package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.TerminalDigits;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal is to go by.
 *
 * @param digits in normal form
 * @param raw in hex, as it came over the wire; null if a person says it
 */
public record IdentityDraft(IdentityKind kind, String digits, @Nullable String raw) {
  /**
   * @throws FleetException INVALID_FIELD if it is no number of a terminal
   */
  public static IdentityDraft of(IdentityKind kind, @Nullable String text) {
    String digits =
        TerminalDigits.of(text)
            .orElseThrow(
                () ->
                    new FleetException(
                        FleetProblem.INVALID_FIELD,
                        "\""
                            + kind.label()
                            + "\" is 1 to "
                            + TerminalDigits.MAX_DIGITS
                            + " digits (hex for terminals that do not use BCD)."));
    return new IdentityDraft(kind, digits, null);
  }

  boolean names(IdentityDraft other) {
    return kind == other.kind && digits.equals(other.digits);
  }
}
