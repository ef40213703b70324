package io.roadcast.jtt.jt808;

/**
 * 0x9303, to the terminal: sets a camera's iris, one step (JT/T 1078).
 *
 * @param channel logical channel
 * @param direction 0 wider, 1 narrower
 */
public record PtzIris(int channel, int direction) implements Jt808Message {
  public static final int ID = 0x9303;

  static final MessageCodec<PtzIris> CODEC =
      MessageCodec.of(ID, PtzIris.class, PtzIris::read, PtzIris::write);

  @Override
  public int id() {
    return ID;
  }

  private static PtzIris read(BodyReader in) throws MalformedMessageException {
    return new PtzIris(in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(direction);
  }
}
