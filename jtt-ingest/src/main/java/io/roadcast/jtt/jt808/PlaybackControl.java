package io.roadcast.jtt.jt808;

/**
 * 0x9202, to the terminal: changes a playback (JT/T 1078).
 *
 * @param channel logical channel
 * @param command 0 play, 1 pause, 2 end, 3 fast, 4 keyframes backwards, 5 seek, 6 keyframes
 * @param speed commands 3 and 4: 1 to 5 for 1, 2, 4, 8, 16 times; else 0
 * @param seek command 5, else {@link TerminalTime#NONE}
 */
public record PlaybackControl(int channel, int command, int speed, TerminalTime seek)
    implements Jt808Message {
  public static final int ID = 0x9202;

  static final MessageCodec<PlaybackControl> CODEC =
      MessageCodec.of(ID, PlaybackControl.class, PlaybackControl::read, PlaybackControl::write);

  @Override
  public int id() {
    return ID;
  }

  private static PlaybackControl read(BodyReader in) throws MalformedMessageException {
    return new PlaybackControl(in.u8(), in.u8(), in.u8(), in.time());
  }

  private void write(BodyWriter out) {
    out.u8(channel).u8(command).u8(speed).time(seek);
  }
}
