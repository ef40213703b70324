package io.roadcast.sfu.srtp;

/**
 * Protects the RTCP packets sent to one peer (RFC 3711 3.4). One index serves all SSRCs: it only
 * has to be new each time. One thread at a time.
 */
public final class SrtcpSendContext {
  private final SrtpProfile profile;
  private final PacketProtection protection;
  private int index;

  /** Derives the RTCP keys of our direction. */
  public SrtcpSendContext(SrtpKeys keys) {
    profile = keys.profile();
    protection = PacketProtection.rtcp(profile, keys.local());
  }

  /** What a packet grows by: tag and index. */
  public int overheadBytes() {
    return profile.tagBytes() + 4;
  }

  /**
   * Encrypts a compound packet in place and appends index and tag.
   *
   * @param packet with {@link #overheadBytes()} of room behind it
   * @param length of the plain packet, at least 8 bytes
   * @return length of the protected packet
   * @throws IllegalStateException after 2^31 packets, when the keys are used up
   */
  public int protect(byte[] packet, int offset, int length) {
    if (length < PacketProtection.RTCP_HEADER_BYTES) {
      throw new IllegalArgumentException("an RTCP packet of %d bytes".formatted(length));
    }
    if (index == Integer.MAX_VALUE) {
      throw new IllegalStateException("no SRTCP index is left");
    }
    index++;
    return protection.sealControl(
        packet, offset, length, BigEndian.getInt(packet, offset + 4), index);
  }
}
