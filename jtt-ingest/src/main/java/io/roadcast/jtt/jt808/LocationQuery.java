package io.roadcast.jtt.jt808;

/** 0x8201, to the terminal: asks where it is; {@link LocationAnswer} follows. */
public record LocationQuery() implements Jt808Message {
  public static final int ID = 0x8201;

  static final MessageCodec<LocationQuery> CODEC =
      MessageCodec.empty(ID, LocationQuery.class, LocationQuery::new);

  @Override
  public int id() {
    return ID;
  }
}
