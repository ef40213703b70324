package io.roadcast.jtt.jt808;

/**
 * 0x9301, to the terminal: turns a camera (JT/T 1078).
 *
 * @param channel logical channel
 * @param direction 0 stop, 1 up, 2 down, 3 left, 4 right
 * @param speed 0-255
 */
public record PanTilt(int channel, int direction, int speed) implements Jt808Message {
  public static final int ID = 0x9301;

  static final MessageCodec<PanTilt> CODEC =
      MessageCodec.of(ID, PanTilt.class, PanTilt::read, PanTilt::write);

  @Override
  public int id() {
    return ID;
  }

  private static PanTilt read(BodyReader in) throws MalformedMessageException {
    return new PanTilt(in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(direction).u8(speed);
  }
}
