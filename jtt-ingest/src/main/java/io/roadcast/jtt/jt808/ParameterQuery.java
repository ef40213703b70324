package io.roadcast.jtt.jt808;

/** 0x8104, to the terminal: asks for all parameters; {@link ParameterAnswer} follows. */
public record ParameterQuery() implements Jt808Message {
  public static final int ID = 0x8104;

  static final MessageCodec<ParameterQuery> CODEC =
      MessageCodec.empty(ID, ParameterQuery.class, ParameterQuery::new);

  @Override
  public int id() {
    return ID;
  }
}
