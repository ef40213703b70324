package io.roadcast.sfu.srtp;

/** What every library's AEAD_AES_128_GCM (RFC 7714 8) has in common. */
abstract class GcmContext extends NativeContext {
  static final int NONCE_BYTES = 12;

  private final long saltHigh;
  private final int saltLow;

  GcmContext(SessionKeys keys) {
    super(SrtpProfile.AEAD_AES_128_GCM);
    saltHigh = BigEndian.getLong(keys.salt(), 0);
    saltLow = BigEndian.getInt(keys.salt(), 8);
  }

  /**
   * Writes the nonce of a packet: the salt XOR (16 zero bits, SSRC, 48-bit index).
   *
   * @param address of {@value #NONCE_BYTES} bytes
   */
  final void writeNonce(long address, int ssrc, long index) {
    NativeMemory.putLong(address, saltHigh ^ (ssrc & 0xffff_ffffL) << 16 ^ index >>> 32);
    NativeMemory.putInt(address + 8, saltLow ^ (int) index);
  }
}
