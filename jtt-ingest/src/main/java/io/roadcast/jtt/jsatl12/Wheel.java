package io.roadcast.jtt.jsatl12;

import io.roadcast.jtt.jt808.BodyReader;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.SafetyVariant;

/**
 * A wheel in a tyre alarm.
 *
 * @param position from 0, front left first, then in Z order
 * @param alarms bits: 0 periodic report, 1 pressure high, 2 low, 3 temperature high, 4 sensor, 5
 *     unbalanced, 6 slow leak, 7 battery low
 * @param pressure kPa
 * @param temperature degrees Celsius
 * @param battery percent
 */
public record Wheel(int position, int alarms, int pressure, int temperature, int battery) {
  private static final int BYTES = 9;
  private static final int WIDE_BYTES = 10;

  /** The position is a BYTE by the text, and a WORD by the printed offsets of the same table. */
  static Wheel read(BodyReader in, int bytes) throws MalformedMessageException {
    int position = bytes == WIDE_BYTES ? in.u16() : in.u8();
    return new Wheel(position, in.u16(), in.u16(), in.u16(), in.u16());
  }

  static boolean isSize(int bytes) {
    return bytes == BYTES || bytes == WIDE_BYTES;
  }

  static int usualBytes(SafetyVariant variant) {
    return variant == SafetyVariant.SU ? BYTES : WIDE_BYTES;
  }
}
