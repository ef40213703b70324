package io.roadcast.jtt.jt808;

import java.util.Locale;

/**
 * The phone number by which a terminal names itself in every header. It is an identifier, not a
 * number: mostly BCD, though some terminals write a binary number, so that A-F occur.
 *
 * @param raw 6 bytes before 2019, 10 since
 */
public record TerminalPhone(Bytes raw) {
  public TerminalPhone {
    if (raw.length() != ProtocolVersion.V2013.phoneBytes()
        && raw.length() != ProtocolVersion.V2019.phoneBytes()) {
      throw new IllegalArgumentException("neither 6 nor 10 bytes: " + raw);
    }
  }

  /**
   * Digits filled with zeros on the left.
   *
   * @throws IllegalArgumentException if they do not fit in the header, or are no hexadecimal digits
   */
  public static TerminalPhone of(String digits, ProtocolVersion version) {
    int width = 2 * version.phoneBytes();
    if (digits.length() > width) {
      throw new IllegalArgumentException(digits + " has more than " + width + " digits");
    }
    return new TerminalPhone(Bytes.ofHex("0".repeat(width - digits.length()) + digits));
  }

  /** All digits with their leading zeros, 12 or 20; lower case where they are no decimals. */
  public String bcd() {
    return raw.toHex();
  }

  /**
   * The terminal's name everywhere else: digits without leading zeros, A-F in upper case, "0" when
   * there are only zeros. The same for both widths, and for the id in media packets.
   */
  public String digits() {
    String all = bcd();
    int first = 0;
    while (first < all.length() - 1 && all.charAt(first) == '0') {
      first++;
    }
    return all.substring(first).toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return digits();
  }
}
