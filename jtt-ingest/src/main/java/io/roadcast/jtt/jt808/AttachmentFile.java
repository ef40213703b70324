package io.roadcast.jtt.jt808;

/**
 * 0x1211, from the terminal: a file of an alarm follows (T/JSATL 12).
 *
 * @param name given by the terminal: never a path
 * @param type 0 picture, 1 sound, 2 video, 3 text, 4 other; in the Guangdong standard 4 face, 5
 *     other
 * @param size bytes
 */
public record AttachmentFile(GbkText name, int type, long size) implements Jt808Message {
  public static final int ID = 0x1211;

  static final MessageCodec<AttachmentFile> CODEC =
      MessageCodec.of(ID, AttachmentFile.class, AttachmentFile::read, AttachmentFile::write);

  @Override
  public int id() {
    return ID;
  }

  private static AttachmentFile read(BodyReader in) throws MalformedMessageException {
    return new AttachmentFile(in.sizedText(), in.u8(), in.u32());
  }

  private void write(BodyWriter out) {
    out.sizedText(name).u8(type).u32(size);
  }
}
