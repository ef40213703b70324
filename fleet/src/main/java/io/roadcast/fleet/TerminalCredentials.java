package io.roadcast.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes that terminals authenticate with (JT/T 808, messages 0x8100 and 0x0102).
 *
 * <p>A code is derived from a key in the data directory and the terminal's id, not stored: a
 * terminal gets the same one whenever it registers, also while the database is away, and who can
 * read the database can not take a terminal's place. A new generation makes the old code worthless.
 * A code that a terminal brought along from another platform is kept as a seal (MAC) only.
 */
public final class TerminalCredentials {
  /** In the data directory. */
  public static final String FILE = "terminal-code.key";

  /** Printable, and short enough for terminals that keep little. */
  public static final int CODE_CHARACTERS = 16;

  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  private TerminalCredentials(byte[] key) {
    this.key = key;
  }

  /**
   * @throws IOException if the key can neither be read nor made
   */
  public static TerminalCredentials openOrCreate(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      create(file);
    }
    byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
    if (key.length != KEY_BYTES) {
      throw new IOException(
          file + " is damaged; without it, delete it, and terminals get new codes");
    }
    return new TerminalCredentials(key);
  }

  private static void create(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished = Files.createTempFile(directory, "key-", ".tmp");
    try {
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(unfinished, HexFormat.of().formatHex(key) + "\n");
      Files.createLink(file, unfinished);
    } catch (FileAlreadyExistsException another) {
      // Another start was quicker; its key counts.
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** What the terminal is told when it registers. */
  public String codeFor(KnownTerminal terminal) {
    byte[] mac = mac("code/" + terminal.id() + "/" + terminal.codeGeneration());
    return HexFormat.of().formatHex(mac).substring(0, CODE_CHARACTERS);
  }

  /** Whether a terminal shows the code that we gave it, or the one that is said to be its own. */
  public boolean accepts(KnownTerminal terminal, String code) {
    boolean ours =
        MessageDigest.isEqual(
            codeFor(terminal).getBytes(StandardCharsets.UTF_8),
            code.getBytes(StandardCharsets.UTF_8));
    byte[] given = terminal.givenCodeMac();
    return ours || (given != null && MessageDigest.isEqual(given, seal(terminal.id(), code)));
  }

  /** What is kept of a code that somebody else gave a terminal. */
  public byte[] seal(UUID terminal, String code) {
    return mac("given/" + terminal + "/" + code);
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(ALGORITHM + " belongs to every Java", impossible);
    }
  }
}
