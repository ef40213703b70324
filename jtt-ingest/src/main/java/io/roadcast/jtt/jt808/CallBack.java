package io.roadcast.jtt.jt808;

/**
 * 0x8400, to the terminal: it shall call a telephone.
 *
 * @param kind 0 an ordinary call, 1 listening in
 * @param phone 20 bytes at most
 */
public record CallBack(int kind, GbkText phone) implements Jt808Message {
  public static final int ID = 0x8400;

  static final MessageCodec<CallBack> CODEC =
      MessageCodec.of(ID, CallBack.class, CallBack::read, CallBack::write);

  @Override
  public int id() {
    return ID;
  }

  private static CallBack read(BodyReader in) throws MalformedMessageException {
    return new CallBack(in.u8(), in.restText());
  }

  private void write(BodyWriter out) {
    out.u8(kind).text(phone);
  }
}
