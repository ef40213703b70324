package io.roadcast.jtt.jt808;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 0x8800, to the terminal: answers {@link MediaUpload}.
 *
 * @param replySerial serial number of the message that is answered; only in 2011, else null
 * @param missing indexes of parts to send again, from 1; null when all have come, and the message
 *     ends after the media's id
 */
public record MediaUploadAnswer(
    @Nullable Integer replySerial, long mediaId, @Nullable List<Integer> missing)
    implements Jt808Message {
  public static final int ID = 0x8800;

  static final MessageCodec<MediaUploadAnswer> CODEC =
      MessageCodec.byLayout(
          ID, MediaUploadAnswer.class, MediaUploadAnswer::read, MediaUploadAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  public MediaUploadAnswer {
    missing = missing == null ? null : List.copyOf(missing);
  }

  /** All parts have come. */
  public static MediaUploadAnswer complete(long mediaId) {
    return new MediaUploadAnswer(null, mediaId, null);
  }

  private static MediaUploadAnswer read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    return new MediaUploadAnswer(
        layout == ProtocolVersion.V2011 ? in.u16() : null,
        in.u32(),
        in.isAtEnd() ? null : in.list(in.u8(), BodyReader::u16));
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    if (layout == ProtocolVersion.V2011) {
      out.u16(replySerial == null ? 0 : replySerial);
    }
    out.u32(mediaId);
    if (missing != null) {
      out.u8(missing.size()).list(missing, (index, to) -> to.u16(index));
    }
  }
}
