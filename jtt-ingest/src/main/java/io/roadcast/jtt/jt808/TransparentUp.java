package io.roadcast.jtt.jt808;

/**
 * 0x0900, from the terminal: bytes that the terminal passes on.
 *
 * @param type 0x00 satellite receiver, 0x0B IC card, 0x41 and 0x42 serial ports, 0xF0-0xFF by
 *     vendor, of which 0xF7 status and 0xF8 description of safety peripherals
 */
public record TransparentUp(int type, Bytes content) implements Jt808Message {
  public static final int ID = 0x0900;

  static final MessageCodec<TransparentUp> CODEC =
      MessageCodec.of(ID, TransparentUp.class, TransparentUp::read, TransparentUp::write);

  @Override
  public int id() {
    return ID;
  }

  private static TransparentUp read(BodyReader in) throws MalformedMessageException {
    return new TransparentUp(in.u8(), in.rest());
  }

  private void write(BodyWriter out) {
    out.u8(type).bytes(content);
  }
}
