package io.roadcast.jtt.jt808;

/**
 * 0x8300, to the terminal: a text to show, to speak or to obey.
 *
 * @param flags bits: 0 urgent, 2 display, 3 speak, 4 advertising screen, 5 fault code, not
 *     navigation
 * @param type 1 notice, 2 service; only written since 2019
 * @param text at most 1024 bytes
 */
public record TextMessage(int flags, int type, GbkText text) implements Jt808Message {
  public static final int ID = 0x8300;

  static final MessageCodec<TextMessage> CODEC =
      MessageCodec.byLayout(ID, TextMessage.class, TextMessage::read, TextMessage::write);

  @Override
  public int id() {
    return ID;
  }

  /** The type of a notice. */
  public static final int NOTICE = 1;

  private static TextMessage read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    return new TextMessage(in.u8(), layout.before2019() ? NOTICE : in.u8(), in.restText());
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    out.u8(flags);
    if (!layout.before2019()) {
      out.u8(type);
    }
    out.text(text);
  }
}
