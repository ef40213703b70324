package io.roadcast.sfu.srtp;

/**
 * The sending half of one profile with one set of session keys, for RTP or for RTCP. Ciphers are
 * kept and used again; one thread at a time.
 */
sealed interface PacketProtection permits GcmProtection, CounterModeProtection {
  /** Set in the word behind an SRTCP packet whose payload is encrypted (RFC 3711 3.4). */
  int ENCRYPTED_FLAG = 0x8000_0000;

  /** What an RTCP packet has in the clear: its first word and the sender's SSRC. */
  int RTCP_HEADER_BYTES = 8;

  /** For RTP keys. */
  static PacketProtection rtp(SrtpProfile profile, SrtpKeys.Master master) {
    return of(profile, SessionKeys.forRtp(profile, master));
  }

  /** For RTCP keys. */
  static PacketProtection rtcp(SrtpProfile profile, SrtpKeys.Master master) {
    return of(profile, SessionKeys.forRtcp(profile, master));
  }

  private static PacketProtection of(SrtpProfile profile, SessionKeys keys) {
    return switch (profile) {
      case AEAD_AES_128_GCM -> new GcmProtection(keys);
      case AES128_CM_HMAC_SHA1_80 -> new CounterModeProtection(keys);
    };
  }

  /**
   * Encrypts a payload into a packet behind its header, and appends the tag.
   *
   * @param source holds the payload at {@code sourceOffset}; may be the packet's own array and
   *     place
   * @param packet holds the header at {@code offset}
   * @param index roll-over counter and sequence number, 48 bits
   */
  void seal(
      byte[] source,
      int sourceOffset,
      int payloadLength,
      byte[] packet,
      int offset,
      int headerLength,
      int ssrc,
      long index);

  /**
   * Protects a compound RTCP packet in place.
   *
   * @param index 31 bits
   * @return the new length
   */
  int sealControl(byte[] packet, int offset, int length, int ssrc, int index);
}
