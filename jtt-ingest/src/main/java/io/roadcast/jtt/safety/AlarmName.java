package io.roadcast.jtt.safety;

import io.roadcast.events.EventKind;
import io.roadcast.events.EventType;
import io.roadcast.events.Severity;
import io.roadcast.jtt.jt808.SafetyVariant;

/**
 * What a type code of an alarm item means (T/JSATL 12-2017 tables 4-15 to 4-24, T/GDRTA 002-2020
 * where it differs), and how serious it is where the alarm has no level.
 */
record AlarmName(EventType type, Severity severity) {
  private static final String CUSTOM = "custom";
  private static final String UNKNOWN = "unknown";
  private static final int LAST_CUSTOM = 0x1f;

  private static AlarmName of(EventKind kind, String subtype, Severity severity) {
    return new AlarmName(new EventType(kind, subtype), severity);
  }

  /** A code that is left to who makes terminals, or that no table has. */
  private static AlarmName other(EventKind kind, int code) {
    return of(kind, code > 0 && code <= LAST_CUSTOM ? CUSTOM : UNKNOWN, Severity.INFO);
  }

  static AlarmName unknown(EventKind kind) {
    return of(kind, UNKNOWN, Severity.INFO);
  }

  static AlarmName adas(SafetyVariant variant, int code) {
    boolean yue = variant == SafetyVariant.YUE;
    return switch (code) {
      case 0x01 -> adas("forward_collision", Severity.WARNING);
      case 0x02 -> adas("lane_departure", Severity.WARNING);
      case 0x03 -> adas("headway", Severity.WARNING);
      case 0x04 -> adas("pedestrian", Severity.WARNING);
      case 0x05 -> adas("frequent_lane_change", Severity.WARNING);
      case 0x06 -> adas("sign_violation", Severity.WARNING);
      case 0x07 -> adas("obstacle", Severity.WARNING);
      case 0x10 -> adas("sign_recognised", Severity.INFO);
      case 0x11 -> adas("capture", Severity.INFO);
      case 0x12 -> yue ? adas("solid_line", Severity.WARNING) : other(EventKind.ADAS, code);
      case 0x13 -> yue ? adas("aisle_pedestrian", Severity.WARNING) : other(EventKind.ADAS, code);
      default -> other(EventKind.ADAS, code);
    };
  }

  private static AlarmName adas(String subtype, Severity severity) {
    return of(EventKind.ADAS, subtype, severity);
  }

  static AlarmName dsm(SafetyVariant variant, int code) {
    AlarmName everywhere =
        switch (code) {
          case 0x01 -> dsm("fatigue", Severity.WARNING);
          case 0x02 -> dsm("phone", Severity.WARNING);
          case 0x03 -> dsm("smoking", Severity.WARNING);
          case 0x04 -> dsm("distraction", Severity.WARNING);
          case 0x05 -> dsm("driver_abnormal", Severity.WARNING);
          case 0x10 -> dsm("capture", Severity.INFO);
          case 0x11 -> dsm("driver_change", Severity.INFO);
          default -> other(EventKind.DSM, code);
        };
    return variant == SafetyVariant.YUE ? yue(code, everywhere) : everywhere;
  }

  private static AlarmName yue(int code, AlarmName otherwise) {
    return switch (code) {
      case 0x06 -> dsm("lens_covered", Severity.WARNING);
      case 0x08 -> dsm("overtime", Severity.WARNING);
      case 0x0A -> dsm("seat_belt", Severity.WARNING);
      case 0x0B -> dsm("sunglasses", Severity.WARNING);
      case 0x0C -> dsm("hands_off", Severity.WARNING);
      case 0x0D -> dsm("phone_play", Severity.WARNING);
      default -> otherwise;
    };
  }

  private static AlarmName dsm(String subtype, Severity severity) {
    return of(EventKind.DSM, subtype, severity);
  }

  static AlarmName bsd(int code) {
    return switch (code) {
      case 1 -> of(EventKind.BSD, "rear", Severity.WARNING);
      case 2 -> of(EventKind.BSD, "left", Severity.WARNING);
      case 3 -> of(EventKind.BSD, "right", Severity.WARNING);
      default -> unknown(EventKind.BSD);
    };
  }

  static AlarmName driving(int code) {
    return switch (code) {
      case 1 -> of(EventKind.DRIVING, "hard_acceleration", Severity.WARNING);
      case 2 -> of(EventKind.DRIVING, "hard_braking", Severity.WARNING);
      case 3 -> of(EventKind.DRIVING, "sharp_turn", Severity.WARNING);
      case 4 -> of(EventKind.DRIVING, "idling", Severity.INFO);
      case 5 -> of(EventKind.DRIVING, "engine_stop", Severity.WARNING);
      case 6 -> of(EventKind.DRIVING, "coasting", Severity.WARNING);
      case 7 -> of(EventKind.DRIVING, "engine_overspeed", Severity.WARNING);
      default -> unknown(EventKind.DRIVING);
    };
  }

  /**
   * @param bit of the wheel's alarms; 0, the periodic report, is none
   */
  static AlarmName tyre(int bit) {
    return switch (bit) {
      case 1 -> of(EventKind.TPMS, "pressure_high", Severity.WARNING);
      case 2 -> of(EventKind.TPMS, "pressure_low", Severity.WARNING);
      case 3 -> of(EventKind.TPMS, "temperature_high", Severity.CRITICAL);
      case 4 -> of(EventKind.TPMS, "sensor", Severity.INFO);
      case 5 -> of(EventKind.TPMS, "unbalanced", Severity.WARNING);
      case 6 -> of(EventKind.TPMS, "slow_leak", Severity.WARNING);
      case 7 -> of(EventKind.TPMS, "battery", Severity.INFO);
      default -> of(EventKind.TPMS, CUSTOM, Severity.INFO);
    };
  }
}
