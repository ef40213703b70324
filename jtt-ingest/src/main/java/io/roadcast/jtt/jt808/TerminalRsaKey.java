package io.roadcast.jtt.jt808;

/**
 * 0x0A00, from the terminal: its public key.
 *
 * @param modulus 128 bytes
 */
public record TerminalRsaKey(long exponent, Bytes modulus) implements Jt808Message {
  public static final int ID = 0x0A00;

  static final MessageCodec<TerminalRsaKey> CODEC =
      MessageCodec.of(ID, TerminalRsaKey.class, TerminalRsaKey::read, TerminalRsaKey::write);

  @Override
  public int id() {
    return ID;
  }

  private static TerminalRsaKey read(BodyReader in) throws MalformedMessageException {
    return new TerminalRsaKey(in.u32(), in.bytes(128));
  }

  private void write(BodyWriter out) {
    out.u32(exponent).bytes(modulus, 128);
  }
}
