package io.roadcast.media.video;

import io.roadcast.media.Codec;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.h265.H265NalType;
import java.nio.ByteBuffer;
import java.util.List;

/** Tells keyframes from other pictures by their NAL units. */
public final class Keyframes {
  private Keyframes() {}

  /**
   * Whether decoding can start with this access unit: it holds an IDR (H.264) or a random access
   * point (H.265).
   *
   * @throws IllegalArgumentException for other codecs
   */
  public static boolean isKeyframe(Codec codec, List<ByteBuffer> nalUnits) {
    return switch (codec) {
      case H264 -> H264NalType.isKeyframe(nalUnits);
      case H265 -> H265NalType.isKeyframe(nalUnits);
      default -> throw new IllegalArgumentException(codec + " has no NAL units");
    };
  }
}
