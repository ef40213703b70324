package io.roadcast.sfu.webrtc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate's hash as SDP carries it (RFC 8122 5).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}; nothing weaker
 * @param hex upper-case pairs of hex digits, joined by colons
 */
public record Fingerprint(String algorithm, String hex) {
  private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

  /** The hash of an encoded certificate. */
  public static Fingerprint of(String algorithm, byte[] certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
      return new Fingerprint(algorithm, PAIRS.formatHex(digest.digest(certificate)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("no such hash: " + algorithm, e);
    }
  }

  /**
   * Reads the value of a {@code fingerprint} attribute; empty if it is malformed or of a hash that
   * is not accepted.
   */
  public static Optional<Fingerprint> parse(String value) {
    String[] parts = value.strip().split(" +", 3);
    if (parts.length != 2) {
      return Optional.empty();
    }
    String algorithm = parts[0].toLowerCase(Locale.ROOT);
    int bytes =
        switch (algorithm) {
          case "sha-256" -> 32;
          case "sha-384" -> 48;
          case "sha-512" -> 64;
          default -> -1;
        };
    if (parts[1].length() != 3 * bytes - 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Fingerprint(algorithm, PAIRS.formatHex(PAIRS.parseHex(parts[1]))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether this is the hash of that certificate. */
  public boolean matches(byte[] certificate) {
    return equals(of(algorithm, certificate));
  }

  /** The value of a {@code fingerprint} attribute. */
  public String attribute() {
    return algorithm + " " + hex;
  }
}
