package io.roadcast.server.config;

/** What an object store is asked to encrypt with. */
public enum StoreEncryption {
  NONE,
  AES256,
  KMS
}
