package io.roadcast.jtt.jt808;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 0x0805, from the terminal: answers {@link CameraShot}.
 *
 * @param replySerial serial number of the message that is answered
 * @param result 0 success, 1 failure, 2 channel not supported
 * @param mediaIds of what was taken; null when the message ends before, as after a failure
 */
public record CameraShotAnswer(int replySerial, int result, @Nullable List<Long> mediaIds)
    implements Jt808Answer {
  public static final int ID = 0x0805;

  static final MessageCodec<CameraShotAnswer> CODEC =
      MessageCodec.of(ID, CameraShotAnswer.class, CameraShotAnswer::read, CameraShotAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  public CameraShotAnswer {
    mediaIds = mediaIds == null ? null : List.copyOf(mediaIds);
  }

  private static CameraShotAnswer read(BodyReader in) throws MalformedMessageException {
    return new CameraShotAnswer(
        in.u16(), in.u8(), in.isAtEnd() ? null : in.list(in.u16(), BodyReader::u32));
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u8(result);
    if (mediaIds != null) {
      out.u16(mediaIds.size()).list(mediaIds, (each, to) -> to.u32(each));
    }
  }
}
