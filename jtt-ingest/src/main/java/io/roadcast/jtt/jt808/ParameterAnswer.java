package io.roadcast.jtt.jt808;

import java.util.ArrayList;
import java.util.List;

/**
 * 0x0104, from the terminal: answers {@link ParameterQuery} and {@link ParameterSelection}.
 *
 * @param replySerial serial number of the message that is answered
 * @param count how many parameters the terminal announces; there may be fewer
 * @param parameters in the order in which they came; an id may occur more than once
 */
public record ParameterAnswer(int replySerial, int count, List<Parameter> parameters)
    implements Jt808Answer {
  public static final int ID = 0x0104;

  static final MessageCodec<ParameterAnswer> CODEC =
      MessageCodec.of(ID, ParameterAnswer.class, ParameterAnswer::read, ParameterAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  public ParameterAnswer {
    parameters = List.copyOf(parameters);
  }

  /** An answer of exactly these. */
  public static ParameterAnswer of(int replySerial, List<Parameter> parameters) {
    return new ParameterAnswer(replySerial, parameters.size(), parameters);
  }

  private static ParameterAnswer read(BodyReader in) throws MalformedMessageException {
    int replySerial = in.u16();
    int count = in.u8();
    List<Parameter> parameters = new ArrayList<>();
    while (parameters.size() < count && Parameter.follows(in)) {
      parameters.add(Parameter.read(in));
    }
    return new ParameterAnswer(replySerial, count, parameters);
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u8(count).list(parameters, Parameter::write);
  }
}
