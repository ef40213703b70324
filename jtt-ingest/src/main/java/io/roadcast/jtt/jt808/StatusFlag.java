package io.roadcast.jtt.jt808;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Bits of a location report's status (JT/T 808-2019 table 24). Bits 8 and 9 are the load. */
public enum StatusFlag {
  ACC(0),
  POSITIONED(1),
  SOUTH(2),
  WEST(3),
  OUT_OF_SERVICE(4),
  ENCRYPTED_COORDINATES(5),
  FORWARD_COLLISION_BRAKING(6),
  LANE_DEPARTURE_WARNING(7),
  OIL_CUT(10),
  POWER_CUT(11),
  DOORS_LOCKED(12),
  FRONT_DOOR_OPEN(13),
  MIDDLE_DOOR_OPEN(14),
  REAR_DOOR_OPEN(15),
  DRIVER_DOOR_OPEN(16),
  CUSTOM_DOOR_OPEN(17),
  GPS(18),
  BEIDOU(19),
  GLONASS(20),
  GALILEO(21),
  MOVING(22);

  private final int bit;

  StatusFlag(int bit) {
    this.bit = bit;
  }

  public boolean in(long status) {
    return (status >> bit & 1) != 0;
  }

  /** Those that are set, in the order of their bits. */
  public static Set<StatusFlag> of(long status) {
    Set<StatusFlag> flags = EnumSet.noneOf(StatusFlag.class);
    for (StatusFlag flag : values()) {
      if (flag.in(status)) {
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
