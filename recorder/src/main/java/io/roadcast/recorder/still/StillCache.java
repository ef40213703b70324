package io.roadcast.recorder.still;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Small pictures on disk, of bounded size and age; the one that was used longest ago goes first.
 * They are encrypted with a key that is nowhere but in memory: what protects recordings is not
 * undone by what is made of them, and nothing is left of them after the next start.
 */
final class StillCache {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** A recording that was deleted has small pictures on disk no longer than that. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Path directory;
  private final long maxBytes;
  private final InstantSource clock;
  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  // With this monitor held.
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Entry(long bytes, long madeMillis) {}

  /**
   * @param directory is emptied
   */
  StillCache(Path directory, long maxBytes, InstantSource clock) throws IOException {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.clock = clock;
    Files.createDirectories(directory);
    try (var left = Files.newDirectoryStream(directory, "*.still")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    try {
      key = KeyGenerator.getInstance("AES").generateKey();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * @param name letters, digits and hyphens
   */
  synchronized Optional<byte[]> get(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    try {
      if (clock.millis() - entry.madeMillis < LONGEST.toMillis()) {
        return Optional.of(decrypt(Files.readAllBytes(file(name))));
      }
    } catch (IOException | GeneralSecurityException gone) {
      // It is made again.
    }
    remove(name, entry);
    return Optional.empty();
  }

  synchronized void put(String name, byte[] still) throws IOException {
    byte[] sealed = encrypt(still);
    Entry before = entries.get(name);
    if (before != null) {
      remove(name, before);
    }
    Files.write(file(name), sealed);
    entries.put(name, new Entry(sealed.length, clock.millis()));
    bytes += sealed.length;
    forget();
  }

  /** Lets go of what is too much, or too old. */
  synchronized void forget() {
    long oldest = clock.millis() - LONGEST.toMillis();
    for (Map.Entry<String, Entry> each : Map.copyOf(entries).entrySet()) {
      if (each.getValue().madeMillis < oldest) {
        remove(each.getKey(), each.getValue());
      }
    }
    while (bytes > maxBytes && !entries.isEmpty()) {
      Map.Entry<String, Entry> eldest = entries.entrySet().iterator().next();
      remove(eldest.getKey(), eldest.getValue());
    }
  }

  private void remove(String name, Entry entry) {
    entries.remove(name);
    bytes -= entry.bytes;
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException stays) {
      // Nobody can read it, and the next start removes it.
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ".still");
  }

  private byte[] encrypt(byte[] plain) throws IOException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = cipher.doFinal(plain);
      byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
      return all;
    } catch (GeneralSecurityException failure) {
      throw new IOException(failure);
    }
  }

  private byte[] decrypt(byte[] sealed) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
    return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
  }
}
