package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x8103, to the terminal: sets parameters.
 *
 * @param parameters at most 255; an id may occur more than once
 */
public record ParameterWrite(List<Parameter> parameters) implements Jt808Message {
  public static final int ID = 0x8103;

  static final MessageCodec<ParameterWrite> CODEC =
      MessageCodec.of(ID, ParameterWrite.class, ParameterWrite::read, ParameterWrite::write);

  @Override
  public int id() {
    return ID;
  }

  public ParameterWrite {
    parameters = List.copyOf(parameters);
  }

  private static ParameterWrite read(BodyReader in) throws MalformedMessageException {
    return new ParameterWrite(in.list(in.u8(), Parameter::read));
  }

  private void write(BodyWriter out) {
    out.u8(parameters.size()).list(parameters, Parameter::write);
  }
}
