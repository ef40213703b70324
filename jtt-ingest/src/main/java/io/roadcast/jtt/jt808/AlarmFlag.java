package io.roadcast.jtt.jt808;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Bits of a location report's alarm flags (JT/T 808-2013 table 24, -2019 table 25). */
public enum AlarmFlag {
  EMERGENCY(0, Editions.ALL, Ends.ANSWERED),
  OVERSPEED(1, Editions.ALL, Ends.WITH_CONDITION),
  FATIGUE(2, Editions.ALL, Ends.WITH_CONDITION),
  DANGER_WARNING(3, Editions.BEFORE_2019, Ends.ANSWERED),
  DANGEROUS_DRIVING(3, Editions.SINCE_2019, Ends.WITH_CONDITION),
  GNSS_FAULT(4, Editions.ALL, Ends.WITH_CONDITION),
  GNSS_ANTENNA_OPEN(5, Editions.ALL, Ends.WITH_CONDITION),
  GNSS_ANTENNA_SHORT(6, Editions.ALL, Ends.WITH_CONDITION),
  POWER_LOW(7, Editions.ALL, Ends.WITH_CONDITION),
  POWER_LOST(8, Editions.ALL, Ends.WITH_CONDITION),
  DISPLAY_FAULT(9, Editions.ALL, Ends.WITH_CONDITION),
  SPEECH_FAULT(10, Editions.ALL, Ends.WITH_CONDITION),
  CAMERA_FAULT(11, Editions.ALL, Ends.WITH_CONDITION),
  IC_CARD_FAULT(12, Editions.ALL, Ends.WITH_CONDITION),
  OVERSPEED_WARNING(13, Editions.ALL, Ends.WITH_CONDITION),
  FATIGUE_WARNING(14, Editions.ALL, Ends.WITH_CONDITION),
  TRAFFIC_VIOLATION(15, Editions.SINCE_2019, Ends.WITH_CONDITION),
  TYRE_PRESSURE(16, Editions.SINCE_2019, Ends.WITH_CONDITION),
  RIGHT_TURN_BLIND_AREA(17, Editions.SINCE_2019, Ends.WITH_CONDITION),
  DAILY_DRIVING_TIME(18, Editions.ALL, Ends.WITH_CONDITION),
  PARKED_TOO_LONG(19, Editions.ALL, Ends.WITH_CONDITION),
  AREA(20, Editions.ALL, Ends.ANSWERED),
  ROUTE(21, Editions.ALL, Ends.ANSWERED),
  SECTION_TIME(22, Editions.ALL, Ends.ANSWERED),
  OFF_ROUTE(23, Editions.ALL, Ends.WITH_CONDITION),
  SPEED_SENSOR_FAULT(24, Editions.ALL, Ends.WITH_CONDITION),
  FUEL_ABNORMAL(25, Editions.ALL, Ends.WITH_CONDITION),
  STOLEN(26, Editions.ALL, Ends.WITH_CONDITION),
  ILLEGAL_IGNITION(27, Editions.ALL, Ends.ANSWERED),
  ILLEGAL_MOVEMENT(28, Editions.ALL, Ends.ANSWERED),
  COLLISION(29, Editions.ALL, Ends.WITH_CONDITION),
  ROLLOVER(30, Editions.ALL, Ends.WITH_CONDITION),
  ILLEGAL_DOOR_OPENING(31, Editions.BEFORE_2019, Ends.ANSWERED);

  private enum Editions {
    ALL,
    BEFORE_2019,
    SINCE_2019;

    boolean include(ProtocolVersion version) {
      return switch (this) {
        case ALL -> true;
        case BEFORE_2019 -> version.before2019();
        case SINCE_2019 -> !version.before2019();
      };
    }
  }

  private enum Ends {
    ANSWERED,
    WITH_CONDITION
  }

  private final int bit;
  private final Editions editions;
  private final Ends ends;

  AlarmFlag(int bit, Editions editions, Ends ends) {
    this.bit = bit;
    this.editions = editions;
    this.ends = ends;
  }

  /** Those that are set, in the order of their bits; reserved bits are left out. */
  public static Set<AlarmFlag> of(long alarms, ProtocolVersion version) {
    Set<AlarmFlag> flags = EnumSet.noneOf(AlarmFlag.class);
    for (AlarmFlag flag : values()) {
      if ((alarms & flag.mask()) != 0 && flag.editions.include(version)) {
        flags.add(flag);
      }
    }
    return Collections.unmodifiableSet(flags);
  }

  public long mask() {
    return 1L << bit;
  }

  /** Whether the terminal takes it back once the report is answered, not when its cause ends. */
  public boolean endsWhenAnswered() {
    return ends == Ends.ANSWERED;
  }

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
