package io.roadcast.jtt.jt808;

/**
 * 0x9305, to the terminal: switches a camera's infrared light (JT/T 1078).
 *
 * @param channel logical channel
 * @param on 0 stop, 1 start
 */
public record PtzInfraredLight(int channel, int on) implements Jt808Message {
  public static final int ID = 0x9305;

  static final MessageCodec<PtzInfraredLight> CODEC =
      MessageCodec.of(ID, PtzInfraredLight.class, PtzInfraredLight::read, PtzInfraredLight::write);

  @Override
  public int id() {
    return ID;
  }

  private static PtzInfraredLight read(BodyReader in) throws MalformedMessageException {
    return new PtzInfraredLight(in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(on);
  }
}
