package io.roadcast.fleet;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The normal form in which numbers of terminals are compared: hex digits in capitals without
 * leading zeros. For the BCD that the standards want these are the decimal digits, whether they
 * came in 6 or in 10 bytes; terminals that write a binary number there are found by its hex digits.
 */
public final class TerminalDigits {
  /** As many as fit into a header of JT/T 808-2019. */
  public static final int MAX_DIGITS = 20;

  private TerminalDigits() {}

  /** Of what came over the wire. */
  public static String of(byte[] raw) {
    return withoutLeadingZeros(HexFormat.of().withUpperCase().formatHex(raw));
  }

  /** Of what a person or a header says; empty if it is no number of a terminal. */
  public static Optional<String> of(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String digits = text.strip().toUpperCase(Locale.ROOT);
    boolean hex = !digits.isEmpty() && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    if (!hex || !digits.chars().allMatch(c -> c < 128)) {
      return Optional.empty();
    }
    String trimmed = withoutLeadingZeros(digits);
    return trimmed.length() > MAX_DIGITS ? Optional.empty() : Optional.of(trimmed);
  }

  /**
   * The same number in decimal, if these digits can not be BCD: some terminals write the number
   * 1454292010 as 00 00 56 AE BC 2A.
   */
  static Optional<String> readAsBinary(String digits) {
    boolean decimal = digits.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean hex = digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    return decimal || !hex ? Optional.empty() : Optional.of(new BigInteger(digits, 16).toString());
  }

  private static String withoutLeadingZeros(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }
}
