package io.roadcast.jtt.jt808;

/**
 * 0x9102, to the terminal: changes a live transmission (JT/T 1078).
 *
 * @param channel logical channel
 * @param command 0 close, 1 switch the stream, 2 pause, 3 resume, 4 close talk
 * @param closes with command 0: 0 all, 1 sound only, 2 video only
 * @param stream with command 1: 0 main, 1 sub
 */
public record LiveControl(int channel, int command, int closes, int stream)
    implements Jt808Message {
  public static final int ID = 0x9102;

  static final MessageCodec<LiveControl> CODEC =
      MessageCodec.of(ID, LiveControl.class, LiveControl::read, LiveControl::write);

  @Override
  public int id() {
    return ID;
  }

  private static LiveControl read(BodyReader in) throws MalformedMessageException {
    return new LiveControl(in.u8(), in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(command).u8(closes).u8(stream);
  }
}
