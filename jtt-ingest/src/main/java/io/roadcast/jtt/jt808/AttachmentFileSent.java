package io.roadcast.jtt.jt808;

/**
 * 0x1212, from the terminal: a file of an alarm was sent (T/JSATL 12); {@link AttachmentFileAnswer}
 * follows.
 *
 * @param name given by the terminal: never a path
 * @param type 0 picture, 1 sound, 2 video, 3 text, 4 other; in the Guangdong standard 4 face, 5
 *     other
 * @param size bytes
 */
public record AttachmentFileSent(GbkText name, int type, long size) implements Jt808Message {
  public static final int ID = 0x1212;

  static final MessageCodec<AttachmentFileSent> CODEC =
      MessageCodec.of(
          ID, AttachmentFileSent.class, AttachmentFileSent::read, AttachmentFileSent::write);

  @Override
  public int id() {
    return ID;
  }

  private static AttachmentFileSent read(BodyReader in) throws MalformedMessageException {
    return new AttachmentFileSent(in.sizedText(), in.u8(), in.u32());
  }

  private void write(BodyWriter out) {
    out.sizedText(name).u8(type).u32(size);
  }
}
