package io.roadcast.simulator.alarm;

import io.roadcast.jtt.jt808.SafetyVariant;
import java.time.Duration;
import java.util.Set;

/**
 * When a terminal raises alarms, and what it does amiss with them.
 *
 * @param variant the standard that its messages and files follow
 * @param interval between two alarms; on the average where they are natural
 */
public record AlarmPlan(SafetyVariant variant, Pace pace, Duration interval, Set<Fault> faults) {
  /** How alarms come. */
  public enum Pace {
    /** Only when told to. */
    NONE,
    /** As on the road: now one, now another, none while the vehicle is slow. */
    NATURAL,
    /** One kind after the other. */
    EVERY
  }

  /** What goes wrong. */
  public enum Fault {
    /** Pieces of files are left out at first. */
    MISSING,
    /** Pieces come in any order. */
    REORDER,
    /** Pieces, and alarms, come twice. */
    REPEAT,
    /** The list of files says other sizes. */
    SIZES,
    /** The connection breaks in the middle of a file. */
    CUT,
    /** Twenty alarms at once. */
    BURST
  }

  public AlarmPlan {
    faults = Set.copyOf(faults);
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("alarms need some time between them");
    }
  }

  /** None but when told to, all as it should be. */
  public static AlarmPlan none() {
    return new AlarmPlan(SafetyVariant.SU, Pace.NONE, Duration.ofSeconds(45), Set.of());
  }
}
