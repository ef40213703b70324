package io.roadcast.jtt.jt808;

/**
 * 0x8802, to the terminal: what media has it kept; {@link MediaSearchAnswer} follows.
 *
 * @param type 0 picture, 1 sound, 2 video
 * @param channel 0 for all
 * @param event 0 ordered, 1 timed, 2 robbery alarm, 3 collision or rollover, others by edition
 * @param from {@link TerminalTime#NONE} for no bound
 * @param to {@link TerminalTime#NONE} for no bound
 */
public record MediaSearch(int type, int channel, int event, TerminalTime from, TerminalTime to)
    implements Jt808Message {
  public static final int ID = 0x8802;

  static final MessageCodec<MediaSearch> CODEC =
      MessageCodec.of(ID, MediaSearch.class, MediaSearch::read, MediaSearch::write);

  @Override
  public int id() {
    return ID;
  }

  private static MediaSearch read(BodyReader in) throws MalformedMessageException {
    return new MediaSearch(in.u8(), in.u8(), in.u8(), in.time(), in.time());
  }

  private void write(BodyWriter out) {
    out.u8(type).u8(channel).u8(event).time(from).time(to);
  }
}
