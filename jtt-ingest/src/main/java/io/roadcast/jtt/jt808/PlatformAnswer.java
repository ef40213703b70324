package io.roadcast.jtt.jt808;

/**
 * 0x8001, to the terminal: the general answer to a message that has none of its own.
 *
 * @param replySerial serial number of the message that is answered
 * @param replyId id of the message that is answered
 * @param result 0 success, 1 failure, 2 bad message, 3 not supported, 4 alarm confirmed
 */
public record PlatformAnswer(int replySerial, int replyId, int result) implements Jt808Message {
  public static final int ID = 0x8001;

  static final MessageCodec<PlatformAnswer> CODEC =
      MessageCodec.of(ID, PlatformAnswer.class, PlatformAnswer::read, PlatformAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  private static PlatformAnswer read(BodyReader in) throws MalformedMessageException {
    return new PlatformAnswer(in.u16(), in.u16(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u16(replyId).u8(result);
  }
}
