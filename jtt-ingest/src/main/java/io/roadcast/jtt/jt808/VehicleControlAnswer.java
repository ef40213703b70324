package io.roadcast.jtt.jt808;

/**
 * 0x0500, from the terminal: how the vehicle is after a control command (0x8500).
 *
 * @param replySerial serial number of the message that is answered
 */
public record VehicleControlAnswer(int replySerial, LocationReport report) implements Jt808Answer {
  public static final int ID = 0x0500;

  static final MessageCodec<VehicleControlAnswer> CODEC =
      MessageCodec.of(
          ID, VehicleControlAnswer.class, VehicleControlAnswer::read, VehicleControlAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  private static VehicleControlAnswer read(BodyReader in) throws MalformedMessageException {
    return new VehicleControlAnswer(in.u16(), LocationReport.read(in));
  }

  private void write(BodyWriter out) {
    out.u16(replySerial);
    report.write(out);
  }
}
