package io.roadcast.jtt.jt808;

/**
 * 0x8A00, to the terminal: the platform's public key.
 *
 * @param modulus 128 bytes
 */
public record PlatformRsaKey(long exponent, Bytes modulus) implements Jt808Message {
  public static final int ID = 0x8A00;

  static final MessageCodec<PlatformRsaKey> CODEC =
      MessageCodec.of(ID, PlatformRsaKey.class, PlatformRsaKey::read, PlatformRsaKey::write);

  @Override
  public int id() {
    return ID;
  }

  private static PlatformRsaKey read(BodyReader in) throws MalformedMessageException {
    return new PlatformRsaKey(in.u32(), in.bytes(128));
  }

  private void write(BodyWriter out) {
    out.u32(exponent).bytes(modulus, 128);
  }
}
