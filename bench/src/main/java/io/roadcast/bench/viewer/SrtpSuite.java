package io.roadcast.bench.viewer;

import org.jitsi.srtp.SrtpPolicy;

/** SRTP protection profiles that the viewer can offer in DTLS (RFC 5764, RFC 7714). */
public enum SrtpSuite {
  AEAD_AES_128_GCM(7, 16, 12) {
    @Override
    SrtpPolicy policy() {
      return new SrtpPolicy(
          SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
    }
  },
  AES128_CM_HMAC_SHA1_80(1, 16, 14) {
    @Override
    SrtpPolicy policy() {
      return new SrtpPolicy(
          SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
    }
  };

  private final int id;
  private final int keyBytes;
  private final int saltBytes;

  SrtpSuite(int id, int keyBytes, int saltBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
  }

  abstract SrtpPolicy policy();

  /** Its number in the use_srtp extension. */
  int id() {
    return id;
  }

  int keyBytes() {
    return keyBytes;
  }

  int saltBytes() {
    return saltBytes;
  }
}
