package io.roadcast.jtt.jt808;

/** 0x0002, from the terminal: it is still there. */
public record Heartbeat() implements Jt808Message {
  public static final int ID = 0x0002;

  static final MessageCodec<Heartbeat> CODEC =
      MessageCodec.empty(ID, Heartbeat.class, Heartbeat::new);

  @Override
  public int id() {
    return ID;
  }
}
