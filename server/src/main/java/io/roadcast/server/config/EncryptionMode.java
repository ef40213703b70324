package io.roadcast.server.config;

/** What encrypts the media. */
public enum EncryptionMode {
  AUTO,
  NATIVE,
  IPSEC_MB,
  AWS_LC,
  JDK
}
