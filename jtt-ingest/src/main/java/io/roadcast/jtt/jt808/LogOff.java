package io.roadcast.jtt.jt808;

/** 0x0003, from the terminal: takes its registration back. */
public record LogOff() implements Jt808Message {
  public static final int ID = 0x0003;

  static final MessageCodec<LogOff> CODEC = MessageCodec.empty(ID, LogOff.class, LogOff::new);

  @Override
  public int id() {
    return ID;
  }
}
