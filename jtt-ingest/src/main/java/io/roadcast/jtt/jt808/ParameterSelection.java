package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x8106, to the terminal: asks for some parameters; {@link ParameterAnswer} follows.
 *
 * @param ids at most 255
 */
public record ParameterSelection(List<Long> ids) implements Jt808Message {
  public static final int ID = 0x8106;

  static final MessageCodec<ParameterSelection> CODEC =
      MessageCodec.of(
          ID, ParameterSelection.class, ParameterSelection::read, ParameterSelection::write);

  @Override
  public int id() {
    return ID;
  }

  public ParameterSelection {
    ids = List.copyOf(ids);
  }

  private static ParameterSelection read(BodyReader in) throws MalformedMessageException {
    return new ParameterSelection(in.list(in.u8(), BodyReader::u32));
  }

  private void write(BodyWriter out) {
    out.u8(ids.size()).list(ids, (each, to) -> to.u32(each));
  }
}
