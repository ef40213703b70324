package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;
import io.roadcast.media.h264.H264NalType;
import java.nio.ByteBuffer;

/** What a NAL unit means for joining pictures, whatever its codec. */
enum NalKind {
  /** Part of a picture that decoding can start with. */
  KEY_PICTURE,
  /** Part of a picture that others refer to. */
  REFERENCE_PICTURE,
  /** Part of a picture that nothing refers to. */
  DISPOSABLE_PICTURE,
  /** Parameter sets, SEI, delimiters. */
  OTHER;

  boolean picture() {
    return this == KEY_PICTURE || this == REFERENCE_PICTURE || this == DISPOSABLE_PICTURE;
  }

  /** The kind of a NAL unit of at least one byte; codec is H264 or H265. */
  static NalKind of(Codec codec, ByteBuffer nalUnit) {
    return codec == Codec.H265 ? ofH265(nalUnit) : ofH264(nalUnit);
  }

  private static NalKind ofH264(ByteBuffer nalUnit) {
    boolean referenced = (nalUnit.get(nalUnit.position()) & 0x60) != 0;
    return switch (H264NalType.of(nalUnit)) {
      case IDR_SLICE -> KEY_PICTURE;
      case NON_IDR_SLICE, PARTITION -> referenced ? REFERENCE_PICTURE : DISPOSABLE_PICTURE;
      default -> OTHER;
    };
  }

  private static NalKind ofH265(ByteBuffer nalUnit) {
    int type = nalUnit.get(nalUnit.position()) >> 1 & 0x3f;
    return switch (type) {
      case 16, 17, 18, 19, 20, 21, 22, 23 -> KEY_PICTURE;
      case 0, 2, 4, 6, 8, 10, 12, 14 -> DISPOSABLE_PICTURE;
      case 1, 3, 5, 7, 9, 11, 13, 15 -> REFERENCE_PICTURE;
      default -> OTHER;
    };
  }
}
