package io.roadcast.jtt.jt808;

/** 0x8107, to the terminal: asks what it is; {@link AttributeAnswer} follows. */
public record AttributeQuery() implements Jt808Message {
  public static final int ID = 0x8107;

  static final MessageCodec<AttributeQuery> CODEC =
      MessageCodec.empty(ID, AttributeQuery.class, AttributeQuery::new);

  @Override
  public int id() {
    return ID;
  }
}
