package io.roadcast.media.h265;

import java.nio.ByteBuffer;
import java.util.List;

/** The NAL unit types of ITU-T H.265 table 7-1 that mean something here. */
public enum H265NalType {
  /** A slice that decoding cannot start with: types 0 to 15. */
  SLICE,
  /** A slice of a random access point (BLA, IDR, CRA): types 16 to 23. */
  IRAP_SLICE,
  VPS,
  SPS,
  PPS,
  ACCESS_UNIT_DELIMITER,
  END_OF_SEQUENCE,
  END_OF_BITSTREAM,
  FILLER,
  SEI,
  /** Reserved: passed on. */
  OTHER,
  /** Types 48 to 63, unspecified by H.265; RFC 7798 uses their numbers for itself. */
  UNSPECIFIED;

  /** Length of a NAL unit's header. */
  public static final int HEADER_BYTES = 2;

  /** The type of a NAL unit of at least one byte, which begins at the buffer's position. */
  public static H265NalType of(ByteBuffer nalUnit) {
    return ofNumber((nalUnit.get(nalUnit.position()) >> 1) & 0x3F);
  }

  /**
   * @param number nal_unit_type, 0 to 63
   */
  public static H265NalType ofNumber(int number) {
    return switch (number) {
      case 16, 17, 18, 19, 20, 21, 22, 23 -> IRAP_SLICE;
      case 32 -> VPS;
      case 33 -> SPS;
      case 34 -> PPS;
      case 35 -> ACCESS_UNIT_DELIMITER;
      case 36 -> END_OF_SEQUENCE;
      case 37 -> END_OF_BITSTREAM;
      case 38 -> FILLER;
      case 39, 40 -> SEI;
      default -> number < 16 ? SLICE : number < 48 ? OTHER : UNSPECIFIED;
    };
  }

  /** Whether a random access point is among the NAL units, so that decoding can start here. */
  public static boolean isKeyframe(List<ByteBuffer> nalUnits) {
    for (ByteBuffer unit : nalUnits) {
      if (unit.hasRemaining() && of(unit) == IRAP_SLICE) {
        return true;
      }
    }
    return false;
  }

  /** Whether a NAL unit of this type carries part of a picture. */
  public boolean isPicture() {
    return this == SLICE || this == IRAP_SLICE;
  }
}
