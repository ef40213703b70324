package io.roadcast.media.h264;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.RbspReader;
import java.nio.ByteBuffer;

/** How a slice is predicted (ITU-T H.264 table 7-6). */
public enum H264SliceType {
  P,
  /** Predicted from two pictures, which may be later ones. */
  B,
  I,
  SP,
  SI;

  private static final H264SliceType[] BY_NUMBER = values();

  /**
   * Reads the slice header's second field.
   *
   * @param slice a NAL unit of type 1, 2 or 5; not changed
   */
  public static H264SliceType of(ByteBuffer slice) throws MalformedMediaException {
    RbspReader bits = new RbspReader(slice, 1);
    bits.unsignedExpGolomb(); // first_mb_in_slice
    return BY_NUMBER[bits.unsignedExpGolomb(9, "slice_type") % 5];
  }
}
