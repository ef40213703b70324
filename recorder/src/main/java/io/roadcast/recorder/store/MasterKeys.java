package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that wrap the keys of segments: the first one those of new segments, the others those of
 * older ones. In a file of one base64 text a line, 32 bytes each; whoever loses it loses what was
 * sealed with it.
 */
public final class MasterKeys {
  private static final int KEY_BYTES = 32;

  private final List<Key> keys;

  /**
   * @param id the first 8 bytes of its SHA-256, which stand in each file
   */
  record Key(long id, SecretKey secret) {}

  private MasterKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads the file, or makes one with a fresh key that only its owner may read.
   *
   * @throws IOException if it can not be read or written, or holds something else
   */
  public static MasterKeys openOrCreate(Path file) throws IOException {
    if (Files.notExists(file)) {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file, Base64.getEncoder().encodeToString(fresh) + "\n", StandardOpenOption.WRITE);
    }
    List<Key> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
      if (!line.isBlank()) {
        keys.add(key(file, line.strip()));
      }
    }
    if (keys.isEmpty()) {
      throw new IOException(file + " holds no key");
    }
    return new MasterKeys(keys);
  }

  private static Key key(Path file, String line) throws IOException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds something that is no key", e);
    }
    if (bytes.length != KEY_BYTES) {
      throw new IOException(file + " holds a key that has not " + KEY_BYTES + " bytes");
    }
    long id = ByteBuffer.wrap(Digests.sha256().digest(bytes)).getLong();
    return new Key(id, new SecretKeySpec(bytes, "AES"));
  }

  /** The one for new segments. */
  Key first() {
    return keys.getFirst();
  }

  Optional<Key> find(long id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }
}
