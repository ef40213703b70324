package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * 0x8100, to the terminal: answers {@link Registration}.
 *
 * @param replySerial serial number of the message that is answered
 * @param result 0 success, 1 vehicle already registered, 2 no such vehicle, 3 terminal already
 *     registered, 4 no such terminal
 * @param code with which the terminal authenticates from now on; null when it was refused
 */
public record RegistrationAnswer(int replySerial, int result, @Nullable GbkText code)
    implements Jt808Message {
  public static final int ID = 0x8100;

  static final MessageCodec<RegistrationAnswer> CODEC =
      MessageCodec.of(
          ID, RegistrationAnswer.class, RegistrationAnswer::read, RegistrationAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  private static RegistrationAnswer read(BodyReader in) throws MalformedMessageException {
    return new RegistrationAnswer(in.u16(), in.u8(), in.isAtEnd() ? null : in.restText());
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u8(result);
    if (code != null) {
      out.text(code);
    }
  }
}
