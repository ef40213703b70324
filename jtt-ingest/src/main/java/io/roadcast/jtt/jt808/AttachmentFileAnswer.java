package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x9212, to the terminal: answers {@link AttachmentFileSent} (T/JSATL 12).
 *
 * @param type as in {@link AttachmentFile}
 * @param result 0 complete, 1 send the missing ranges again
 * @param missing at most 255
 */
public record AttachmentFileAnswer(GbkText name, int type, int result, List<FileRange> missing)
    implements Jt808Message {
  public static final int ID = 0x9212;

  static final MessageCodec<AttachmentFileAnswer> CODEC =
      MessageCodec.of(
          ID, AttachmentFileAnswer.class, AttachmentFileAnswer::read, AttachmentFileAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  public AttachmentFileAnswer {
    missing = List.copyOf(missing);
  }

  private static AttachmentFileAnswer read(BodyReader in) throws MalformedMessageException {
    return new AttachmentFileAnswer(
        in.sizedText(), in.u8(), in.u8(), in.list(in.u8(), FileRange::read));
  }

  private void write(BodyWriter out) {
    out.sizedText(name).u8(type).u8(result).u8(missing.size()).list(missing, FileRange::write);
  }
}
