package io.roadcast.signaling.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The administrator's token. It is made at the first start and known to nobody afterwards: the data
 * directory keeps its SHA-256 only. Deleting that file makes a new token at the next start.
 */
public final class AdminToken {
  /** Name of the file in the data directory. */
  public static final String FILE = "admin-token.sha256";

  private static final String PREFIX = "rca_";
  private static final int RANDOM_BYTES = 32;

  private final byte[] digest;
  private final @Nullable String fresh;

  private AdminToken(byte[] digest, @Nullable String fresh) {
    this.digest = digest;
    this.fresh = fresh;
  }

  /** Opens the data directory's token, or makes it. */
  public static AdminToken openOrCreate(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (Files.exists(file)) {
      return new AdminToken(parse(file), null);
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    byte[] digest = Digests.sha256(token);
    String line = HexFormat.of().formatHex(digest) + "\n";
    SecretFile.write(file, line.getBytes(StandardCharsets.US_ASCII));
    return new AdminToken(digest, token);
  }

  /** The token itself, if it was made just now: to be shown to the operator once. */
  public Optional<String> fresh() {
    return Optional.ofNullable(fresh);
  }

  /** Takes the same time whatever the credential is. */
  boolean matches(String credential) {
    return MessageDigest.isEqual(digest, Digests.sha256(credential));
  }

  private static byte[] parse(Path file) throws IOException {
    try {
      byte[] digest = HexFormat.of().parseHex(SecretFile.read(file));
      if (digest.length == Digests.SHA256_BYTES) {
        return digest;
      }
    } catch (IllegalArgumentException notHex) {
      // Told below, without the content.
    }
    throw new IOException(file + " does not hold a SHA-256 in hex; delete it to get a new token");
  }
}
