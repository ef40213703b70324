package io.roadcast.jtt.jt808;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Bits of the video alarms, item 0x14 of a location report (JT/T 1078-2016 table 14). */
public enum VideoAlarmFlag {
  VIDEO_SIGNAL_LOST,
  VIDEO_COVERED,
  STORAGE_FAULT,
  VIDEO_EQUIPMENT_FAULT,
  PASSENGER_OVERLOAD,
  ABNORMAL_DRIVING,
  SPECIAL_RECORDING_FULL;

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
    return 1L << ordinal();
  }

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
