package io.roadcast.jtt.jt808;

/**
 * 0x9302, to the terminal: focuses a camera, one step (JT/T 1078).
 *
 * @param channel logical channel
 * @param direction 0 farther, 1 nearer
 */
public record PtzFocus(int channel, int direction) implements Jt808Message {
  public static final int ID = 0x9302;

  static final MessageCodec<PtzFocus> CODEC =
      MessageCodec.of(ID, PtzFocus.class, PtzFocus::read, PtzFocus::write);

  @Override
  public int id() {
    return ID;
  }

  private static PtzFocus read(BodyReader in) throws MalformedMessageException {
    return new PtzFocus(in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(direction);
  }
}
