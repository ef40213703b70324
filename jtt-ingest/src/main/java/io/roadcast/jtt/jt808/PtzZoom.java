package io.roadcast.jtt.jt808;

/**
 * 0x9306, to the terminal: zooms a camera, one step (JT/T 1078).
 *
 * @param channel logical channel
 * @param direction 0 larger, 1 smaller
 */
public record PtzZoom(int channel, int direction) implements Jt808Message {
  public static final int ID = 0x9306;

  static final MessageCodec<PtzZoom> CODEC =
      MessageCodec.of(ID, PtzZoom.class, PtzZoom::read, PtzZoom::write);

  @Override
  public int id() {
    return ID;
  }

  private static PtzZoom read(BodyReader in) throws MalformedMessageException {
    return new PtzZoom(in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(direction);
  }
}
