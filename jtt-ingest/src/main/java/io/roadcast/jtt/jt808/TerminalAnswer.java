package io.roadcast.jtt.jt808;

/**
 * 0x0001, from the terminal: the general answer to a message that has none of its own.
 *
 * @param replySerial serial number of the message that is answered
 * @param replyId id of the message that is answered
 * @param result 0 success, 1 failure, 2 bad message, 3 not supported
 */
public record TerminalAnswer(int replySerial, int replyId, int result) implements Jt808Answer {
  public static final int ID = 0x0001;

  static final MessageCodec<TerminalAnswer> CODEC =
      MessageCodec.of(ID, TerminalAnswer.class, TerminalAnswer::read, TerminalAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  private static TerminalAnswer read(BodyReader in) throws MalformedMessageException {
    return new TerminalAnswer(in.u16(), in.u16(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u16(replyId).u8(result);
  }
}
