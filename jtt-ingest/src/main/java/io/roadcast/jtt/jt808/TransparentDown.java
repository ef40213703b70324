package io.roadcast.jtt.jt808;

/**
 * 0x8900, to the terminal: bytes that the terminal passes on.
 *
 * @param type 0x00 satellite receiver, 0x0B IC card, 0x41 and 0x42 serial ports, 0xF0-0xFF by
 *     vendor, of which 0xF7 status and 0xF8 description of safety peripherals
 */
public record TransparentDown(int type, Bytes content) implements Jt808Message {
  public static final int ID = 0x8900;

  static final MessageCodec<TransparentDown> CODEC =
      MessageCodec.of(ID, TransparentDown.class, TransparentDown::read, TransparentDown::write);

  @Override
  public int id() {
    return ID;
  }

  private static TransparentDown read(BodyReader in) throws MalformedMessageException {
    return new TransparentDown(in.u8(), in.rest());
  }

  private void write(BodyWriter out) {
    out.u8(type).bytes(content);
  }
}
