package io.roadcast.recorder.segment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What segments are checked with. */
public final class Digests {
  private Digests() {}

  public static MessageDigest sha256() {
    return digest("SHA-256");
  }

  /** Which object stores compare parts by; protects against faults, not against people. */
  public static MessageDigest md5() {
    return digest("MD5");
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has " + algorithm, impossible);
    }
  }
}
