package io.roadcast.sfu.srtp;

import java.util.Optional;

/** The protection profiles that are offered in DTLS, best first (RFC 5764 4.1.2, RFC 7714 14.2). */
public enum SrtpProfile {
  AEAD_AES_128_GCM(0x0007, 16, 12, 16),
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

  private final int id;
  private final int keyBytes;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** The number IANA gave the profile in the DTLS use_srtp extension. */
  public int id() {
    return id;
  }

  /** Length of master key and session encryption key. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Length of the master salt. */
  public int saltBytes() {
    return saltBytes;
  }

  /** What protection adds to an RTP packet. An RTCP packet grows by four bytes more. */
  public int tagBytes() {
    return tagBytes;
  }

  /** How many bytes to ask of the DTLS exporter: two keys and two salts. */
  public int exportBytes() {
    return 2 * (keyBytes + saltBytes);
  }

  /** The profile with that IANA number, empty where it is not one of ours. */
  public static Optional<SrtpProfile> forId(int id) {
    for (SrtpProfile profile : values()) {
      if (profile.id == id) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
