package io.roadcast.jtt.jt808;

/**
 * 0x9304, to the terminal: switches a camera's wiper (JT/T 1078).
 *
 * @param channel logical channel
 * @param on 0 stop, 1 start
 */
public record PtzWiper(int channel, int on) implements Jt808Message {
  public static final int ID = 0x9304;

  static final MessageCodec<PtzWiper> CODEC =
      MessageCodec.of(ID, PtzWiper.class, PtzWiper::read, PtzWiper::write);

  @Override
  public int id() {
    return ID;
  }

  private static PtzWiper read(BodyReader in) throws MalformedMessageException {
    return new PtzWiper(in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(on);
  }
}
