package io.roadcast.media.h264;

import java.nio.ByteBuffer;
import java.util.List;

/** The NAL unit types of ITU-T H.264 table 7-1 that mean something here. */
public enum H264NalType {
  NON_IDR_SLICE,
  /** Data partitions A, B and C (Extended profile). */
  PARTITION,
  IDR_SLICE,
  SEI,
  SPS,
  PPS,
  ACCESS_UNIT_DELIMITER,
  END_OF_SEQUENCE,
  END_OF_STREAM,
  FILLER,
  /** SPS extension, subset SPS, prefix, depth and auxiliary pictures, reserved: passed on. */
  OTHER,
  /** Types 0 and 24 to 31, unspecified by H.264; RFC 6184 uses their numbers for itself. */
  UNSPECIFIED;

  /** Length of a NAL unit's header. */
  public static final int HEADER_BYTES = 1;

  private static final H264NalType[] BY_NUMBER = {
    UNSPECIFIED,
    NON_IDR_SLICE,
    PARTITION,
    PARTITION,
    PARTITION,
    IDR_SLICE,
    SEI,
    SPS,
    PPS,
    ACCESS_UNIT_DELIMITER,
    END_OF_SEQUENCE,
    END_OF_STREAM,
    FILLER
  };

  /** The type of a NAL unit of at least one byte, which begins at the buffer's position. */
  public static H264NalType of(ByteBuffer nalUnit) {
    return ofNumber(nalUnit.get(nalUnit.position()) & 0x1F);
  }

  /**
   * @param number nal_unit_type, 0 to 31
   */
  public static H264NalType ofNumber(int number) {
    if (number < BY_NUMBER.length) {
      return BY_NUMBER[number];
    }
    return number < 24 ? OTHER : UNSPECIFIED;
  }

  /** Whether an IDR picture is among the NAL units, so that decoding can start here. */
  public static boolean isKeyframe(List<ByteBuffer> nalUnits) {
    for (ByteBuffer unit : nalUnits) {
      if (unit.hasRemaining() && of(unit) == IDR_SLICE) {
        return true;
      }
    }
    return false;
  }

  /** Whether a NAL unit of this type carries part of a picture. */
  public boolean isPicture() {
    return switch (this) {
      case NON_IDR_SLICE, PARTITION, IDR_SLICE -> true;
      default -> false;
    };
  }
}
