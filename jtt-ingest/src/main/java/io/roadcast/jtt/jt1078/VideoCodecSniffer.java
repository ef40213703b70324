package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;
import java.nio.ByteBuffer;
import java.util.List;

/** Tells the codec of video by its parameter sets, since some terminals announce another one. */
public final class VideoCodecSniffer {
  /** First bytes of H.265's VPS and SPS in layer 0, and the second byte of both. */
  private static final int H265_VPS = 0x40;

  private static final int H265_SPS = 0x42;
  private static final int H265_SECOND = 0x01;

  private VideoCodecSniffer() {}

  /** The codec that parameter sets among the NAL units prove; {@code announced} without any. */
  public static Codec sniff(List<ByteBuffer> nalUnits, Codec announced) {
    for (ByteBuffer unit : nalUnits) {
      if (unit.remaining() < 4) {
        continue;
      }
      int first = unit.get(unit.position()) & 0xff;
      int second = unit.get(unit.position() + 1) & 0xff;
      if ((first == H265_VPS || first == H265_SPS) && second == H265_SECOND) {
        return Codec.H265;
      }
      if ((first == 0x67 || first == 0x27 || first == 0x47) && h264Profile(second)) {
        return Codec.H264;
      }
    }
    return announced;
  }

  private static boolean h264Profile(int profile) {
    return switch (profile) {
      case 44, 66, 77, 83, 86, 88, 100, 110, 118, 122, 128, 138, 139, 134, 135, 144, 244 -> true;
      default -> false;
    };
  }
}
