package io.roadcast.signaling.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Addresses that say for themselves that they may be read, until they expire. A signature is an
 * HMAC-SHA-256 over path, query and expiry, so none of them can be changed.
 */
public final class SignedLinks {
  /** Name of the key's file in the data directory. */
  public static final String FILE = "signed-link.key";

  private static final int KEY_BYTES = 32;
  private static final int MAX_DIGITS = 12;

  private final byte[] key;
  private final InstantSource clock;

  SignedLinks(byte[] key, InstantSource clock) {
    this.key = key.clone();
    this.clock = clock;
  }

  /** Opens the data directory's key, or makes it. */
  public static SignedLinks openOrCreate(Path dataDirectory, InstantSource clock)
      throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      String line = HexFormat.of().formatHex(fresh) + "\n";
      SecretFile.write(file, line.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      byte[] key = HexFormat.of().parseHex(SecretFile.read(file));
      if (key.length == KEY_BYTES) {
        return new SignedLinks(key, clock);
      }
    } catch (IllegalArgumentException notHex) {
      // Told below, without the content.
    }
    throw new IOException(file + " does not hold a key; delete it to get a new one");
  }

  /** When a link that is made now expires. */
  public Instant expiry(Duration validity) {
    return Instant.ofEpochSecond(clock.instant().plus(validity).getEpochSecond());
  }

  /**
   * @param target path, and query if there is one, as it will be asked for
   * @return the target with expiry and signature
   */
  public String sign(String target, Instant expiresAt) {
    String said =
        target + (target.indexOf('?') < 0 ? '?' : '&') + "expires=" + expiresAt.getEpochSecond();
    return said + "&signature=" + mac(said);
  }

  /**
   * Whether this is a link of ours that has not expired.
   *
   * @param target path and query as they came
   */
  public boolean verify(String target) {
    int signature = target.lastIndexOf("&signature=");
    if (signature < 0) {
      return false;
    }
    String said = target.substring(0, signature);
    String given = target.substring(signature + "&signature=".length());
    int expires = said.lastIndexOf("expires=");
    if (expires < 0 || !MessageDigest.isEqual(ascii(mac(said)), ascii(given))) {
      return false;
    }
    String seconds = said.substring(expires + "expires=".length());
    return seconds.length() <= MAX_DIGITS
        && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(seconds)));
  }

  private String mac(String said) {
    byte[] mac = Digests.hmacSha256(key, said.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
