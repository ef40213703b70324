package io.roadcast.sfu.webrtc;

/**
 * Attribute types of STUN (RFC 8489 18.3) and ICE (RFC 8445 16.1). Those below 0x8000 must be
 * understood.
 */
final class StunAttribute {
  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000a;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int FINGERPRINT = 0x8028;
  static final int ICE_CONTROLLED = 0x8029;
  static final int ICE_CONTROLLING = 0x802a;

  /** First type that a receiver may ignore. */
  static final int OPTIONAL = 0x8000;

  static final int HEADER_BYTES = 4;
  static final int INTEGRITY_BYTES = 20;

  private StunAttribute() {}

  /** Length of a value with the padding to the next multiple of four. */
  static int padded(int length) {
    return length + 3 & ~3;
  }
}
