package io.roadcast.jtt.jt808;

/**
 * 0x9105, to the terminal: how much of a live transmission is lost (JT/T 1078).
 *
 * @param channel logical channel
 * @param lossPercent 0-100
 */
public record LiveStatus(int channel, int lossPercent) implements Jt808Message {
  public static final int ID = 0x9105;

  static final MessageCodec<LiveStatus> CODEC =
      MessageCodec.of(ID, LiveStatus.class, LiveStatus::read, LiveStatus::write);

  @Override
  public int id() {
    return ID;
  }

  private static LiveStatus read(BodyReader in) throws MalformedMessageException {
    return new LiveStatus(in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(lossPercent);
  }
}
