package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x0802, from the terminal: answers {@link MediaSearch}.
 *
 * @param replySerial serial number of the message that is answered
 */
public record MediaSearchAnswer(int replySerial, List<StoredMedia> media) implements Jt808Answer {
  public static final int ID = 0x0802;

  static final MessageCodec<MediaSearchAnswer> CODEC =
      MessageCodec.byLayout(
          ID,
          MediaSearchAnswer.class,
          MediaSearchAnswer::layout,
          MediaSearchAnswer::read,
          MediaSearchAnswer::write);

  private static final int HEAD_BYTES = 4;

  public MediaSearchAnswer {
    media = List.copyOf(media);
  }

  @Override
  public int id() {
    return ID;
  }

  /** Records of 2011 are shorter, which the header does not tell. */
  private static ProtocolVersion layout(Bytes body, ProtocolVersion version) {
    if (body.length() < HEAD_BYTES) {
      return version;
    }
    int count = body.at(2) << 8 | body.at(3);
    boolean of2011 =
        count > 0 && body.length() == HEAD_BYTES + count * StoredMedia.bytes(ProtocolVersion.V2011);
    return of2011 ? ProtocolVersion.V2011 : version;
  }

  private static MediaSearchAnswer read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    return new MediaSearchAnswer(
        in.u16(), in.list(in.u16(), each -> StoredMedia.read(each, layout)));
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    out.u16(replySerial).u16(media.size());
    out.list(media, (each, to) -> each.write(to, layout));
  }
}
