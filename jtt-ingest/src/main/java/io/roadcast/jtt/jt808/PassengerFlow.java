package io.roadcast.jtt.jt808;

/** 0x1005, from the terminal: how many passengers got on and off (JT/T 1078). */
public record PassengerFlow(TerminalTime from, TerminalTime to, int boarded, int alighted)
    implements Jt808Message {
  public static final int ID = 0x1005;

  static final MessageCodec<PassengerFlow> CODEC =
      MessageCodec.of(ID, PassengerFlow.class, PassengerFlow::read, PassengerFlow::write);

  @Override
  public int id() {
    return ID;
  }

  private static PassengerFlow read(BodyReader in) throws MalformedMessageException {
    return new PassengerFlow(in.time(), in.time(), in.u16(), in.u16());
  }

  private void write(BodyWriter out) {
    out.time(from).time(to).u16(boarded).u16(alighted);
  }
}
