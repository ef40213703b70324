package io.roadcast.fleet.store;

import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.fleet.TerminalFacts;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
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
  private static final Pattern IMEI = Pattern.compile("[0-9]{1,20}");

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

  /** What a terminal that is made of it goes by: the number that it showed, and its IMEI. */
  List<IdentityDraft> identities() {
    List<IdentityDraft> identities = new ArrayList<>();
    identities.add(new IdentityDraft(kind, digits, raw));
    String imei = facts.imei();
    if (imei != null && IMEI.matcher(imei).matches()) {
      identities.add(IdentityDraft.of(IdentityKind.IMEI, imei));
    }
    return identities;
  }

  /** The newer one, with what only the older one said. */
  Sighting updatedBy(Sighting newer) {
    return new Sighting(
        newer.kind, newer.digits, newer.raw, newer.address, facts.updatedBy(newer.facts));
  }
}
