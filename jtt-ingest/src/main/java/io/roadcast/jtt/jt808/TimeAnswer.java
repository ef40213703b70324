package io.roadcast.jtt.jt808;

/**
 * 0x8004, to the terminal: answers {@link TimeQuery} (2019).
 *
 * @param utc in UTC, unlike every other time on this link
 */
public record TimeAnswer(TerminalTime utc) implements Jt808Message {
  public static final int ID = 0x8004;

  static final MessageCodec<TimeAnswer> CODEC =
      MessageCodec.of(ID, TimeAnswer.class, TimeAnswer::read, TimeAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  private static TimeAnswer read(BodyReader in) throws MalformedMessageException {
    return new TimeAnswer(in.time());
  }

  private void write(BodyWriter out) {
    out.time(utc);
  }
}
