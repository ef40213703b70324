package io.roadcast.jtt.jt808;

/**
 * 0x0201, from the terminal: answers {@link LocationQuery}.
 *
 * @param replySerial serial number of the message that is answered
 */
public record LocationAnswer(int replySerial, LocationReport report) implements Jt808Answer {
  public static final int ID = 0x0201;

  static final MessageCodec<LocationAnswer> CODEC =
      MessageCodec.of(ID, LocationAnswer.class, LocationAnswer::read, LocationAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  private static LocationAnswer read(BodyReader in) throws MalformedMessageException {
    return new LocationAnswer(in.u16(), LocationReport.read(in));
  }

  private void write(BodyWriter out) {
    out.u16(replySerial);
    report.write(out);
  }
}
