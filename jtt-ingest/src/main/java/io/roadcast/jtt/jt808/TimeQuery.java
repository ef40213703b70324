package io.roadcast.jtt.jt808;

/** 0x0004, from the terminal: asks what time it is (2019). */
public record TimeQuery() implements Jt808Message {
  public static final int ID = 0x0004;

  static final MessageCodec<TimeQuery> CODEC =
      MessageCodec.empty(ID, TimeQuery.class, TimeQuery::new);

  @Override
  public int id() {
    return ID;
  }
}
