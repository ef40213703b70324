package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.h265.H265NalType;
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
    return switch (H265NalType.of(nalUnit)) {
      case IRAP_SLICE -> KEY_PICTURE;
      case SLICE -> subLayerReference(nalUnit) ? REFERENCE_PICTURE : DISPOSABLE_PICTURE;
      default -> OTHER;
    };
  }

  /** The odd ones of the slice types up to 15 are referred to (ITU-T H.265 table 7-1). */
  private static boolean subLayerReference(ByteBuffer nalUnit) {
    return (nalUnit.get(nalUnit.position()) >> 1 & 1) != 0;
  }
}
