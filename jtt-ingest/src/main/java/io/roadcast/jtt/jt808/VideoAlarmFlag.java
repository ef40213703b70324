package io.roadcast.jtt.jt808;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Bits of the video alarms, item 0x14 of a location report (JT/T 1078-2016 table 14). */
public enum VideoAlarmFlag {
  VIDEO_SIGNAL_LOST(0),
  VIDEO_COVERED(1),
  STORAGE_FAULT(2),
  VIDEO_EQUIPMENT_FAULT(3),
  PASSENGER_OVERLOAD(4),
  ABNORMAL_DRIVING(5),
  SPECIAL_RECORDING_FULL(6);

  private final int bit;

  VideoAlarmFlag(int bit) {
    this.bit = bit;
  }

  /** Those that are set, in the order of their bits; reserved bits are left out. */
  public static Set<VideoAlarmFlag> of(long bits) {
    Set<VideoAlarmFlag> flags = EnumSet.noneOf(VideoAlarmFlag.class);
    for (VideoAlarmFlag flag : values()) {
      if ((bits & flag.mask()) != 0) {
        flags.add(flag);
      }
    }
    return Collections.unmodifiableSet(flags);
  }

  public long mask() {
    return 1L << bit;
  }

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
