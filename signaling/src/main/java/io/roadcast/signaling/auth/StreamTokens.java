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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens that let somebody watch one stream for a while: {@code rcs_ID.EXPIRY.STREAM.MAC}, where
 * MAC is an HMAC-SHA-256 over all before it. They are not kept anywhere; a new key makes all of
 * them worthless.
 */
public final class StreamTokens {
  /** Name of the key's file in the data directory. */
  public static final String FILE = "stream-token.key";

  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 6;
  private static final int MAX_TOKEN_CHARACTERS = 400;
  private static final Pattern FORM =
      Pattern.compile("(rcs_([0-9a-f]{12})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]+))\\.([A-Za-z0-9_-]+)");

  private final byte[] key;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  StreamTokens(byte[] key, InstantSource clock) {
    this.key = key.clone();
    this.clock = clock;
  }

  /** What a valid token says. */
  record StreamToken(String id, String stream, Instant expiresAt) {}

  /**
   * A token just made.
   *
   * @param id names it in logs; no secret
   */
  public record Issued(String id, String token, Instant expiresAt) {}

  /** Opens the data directory's key, or makes it. */
  public static StreamTokens openOrCreate(Path dataDirectory, InstantSource clock)
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
        return new StreamTokens(key, clock);
      }
    } catch (IllegalArgumentException notHex) {
      // Told below, without the content.
    }
    throw new IOException(file + " does not hold a key; delete it to get a new one");
  }

  /**
   * @param stream the stream's name in normal form
   */
  public Issued issue(String stream, Duration validity) {
    byte[] idBytes = new byte[ID_BYTES];
    random.nextBytes(idBytes);
    String id = HexFormat.of().formatHex(idBytes);
    Instant expiresAt = Instant.ofEpochSecond(clock.instant().plus(validity).getEpochSecond());
    String said =
        "rcs_"
            + id
            + "."
            + expiresAt.getEpochSecond()
            + "."
            + encode(stream.getBytes(StandardCharsets.UTF_8));
    return new Issued(id, said + "." + encode(mac(said)), expiresAt);
  }

  static boolean looksLikeOne(String credential) {
    return credential.startsWith("rcs_");
  }

  StreamToken verify(String token) throws BadCredentialException {
    if (token.length() > MAX_TOKEN_CHARACTERS) {
      throw new BadCredentialException("a stream token of " + token.length() + " characters");
    }
    Matcher parts = FORM.matcher(token);
    if (!parts.matches()) {
      throw new BadCredentialException("a malformed stream token");
    }
    // Compared as text: base64url can write the same bytes in several ways, and one is enough.
    if (!MessageDigest.isEqual(ascii(encode(mac(parts.group(1)))), ascii(parts.group(5)))) {
      throw new BadCredentialException("a stream token with a wrong signature");
    }
    Instant expiresAt = Instant.ofEpochSecond(Long.parseLong(parts.group(3)));
    if (!clock.instant().isBefore(expiresAt)) {
      throw new BadCredentialException(
          "stream token " + parts.group(2) + ", which expired at " + expiresAt);
    }
    String stream = new String(decode(parts.group(4)), StandardCharsets.UTF_8);
    return new StreamToken(parts.group(2), stream, expiresAt);
  }

  private byte[] mac(String said) {
    return Digests.hmacSha256(key, ascii(said));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String text) throws BadCredentialException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new BadCredentialException("a stream token that is no base64url");
    }
  }
}
