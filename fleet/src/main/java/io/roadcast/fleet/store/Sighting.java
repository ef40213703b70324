package io.roadcast.fleet.store;

import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.fleet.TerminalFacts;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A terminal came by.
 *
 * @param kind what sort of number it showed
 * @param digits in the form of {@link TerminalDigits}
 * @param raw in hex, as it came over the wire
 * @param address it came from
 * @param facts what it said of itself
 */
public record Sighting(
    IdentityKind kind,
    String digits,
    @Nullable String raw,
    @Nullable String address,
    TerminalFacts facts) {
  /** By the header of a JT/T 808 message. */
  public static Sighting ofPhone(byte[] rawPhone, @Nullable String address, TerminalFacts facts) {
    return new Sighting(
        IdentityKind.PHONE,
        TerminalDigits.of(rawPhone),
        HexFormat.of().formatHex(rawPhone),
        address,
        facts);
  }

  /** By a JT/T 1078 packet. */
  public static Sighting ofMedia(byte[] rawId, @Nullable String address) {
    return new Sighting(
        IdentityKind.MEDIA_ID,
        TerminalDigits.of(rawId),
        HexFormat.of().formatHex(rawId),
        address,
        TerminalFacts.none());
  }

  IdentityDraft identity() {
    return new IdentityDraft(kind, digits, raw);
  }
}
