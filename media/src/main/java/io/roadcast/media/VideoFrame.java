package io.roadcast.media;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One encoded picture in decoding order.
 *
 * @param codec H264 or H265
 * @param nalUnits the access unit's NAL units without start codes, at least one, none empty. The
 *     bytes are borrowed: they are valid only during the call that the frame is passed to
 * @param keyframe whether decoding can start here (an IDR or IRAP picture is among the NAL units)
 * @param timeMicros presentation time on the publication's own timeline, in microseconds; audio and
 *     video of one publication share the timeline, its origin is free
 * @param receivedNanos {@link System#nanoTime()} when the frame's last byte came in
 */
public record VideoFrame(
    Codec codec, List<ByteBuffer> nalUnits, boolean keyframe, long timeMicros, long receivedNanos) {
  public VideoFrame {
    if (codec.medium() != Medium.VIDEO) {
      throw new IllegalArgumentException(codec + " is no video");
    }
    if (nalUnits.isEmpty()) {
      throw new IllegalArgumentException("a frame without NAL units");
    }
  }
}
