package io.roadcast.simulator.alarm;

import io.roadcast.jtt.jt808.SafetyVariant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An alarm that a simulated terminal can raise.
 *
 * @param name for the command line, such as adas.forward_collision
 * @param code the type, or the number of the bit
 */
public record AlarmKind(String name, AlarmFamily family, int code) {
  private static final List<AlarmKind> EVERYWHERE =
      kinds(
          of(
              AlarmFamily.ADAS,
              "adas.forward_collision=1 adas.lane_departure=2 adas.headway=3 adas.pedestrian=4"
                  + " adas.frequent_lane_change=5 adas.sign_violation=6 adas.obstacle=7"
                  + " adas.sign_recognised=16 adas.capture=17"),
          of(
              AlarmFamily.DSM,
              "dsm.fatigue=1 dsm.phone=2 dsm.smoking=3 dsm.distraction=4 dsm.driver_abnormal=5"
                  + " dsm.capture=16 dsm.driver_change=17"),
          of(
              AlarmFamily.TPMS,
              "tpms.pressure_high=1 tpms.pressure_low=2 tpms.temperature_high=3 tpms.sensor=4"
                  + " tpms.unbalanced=5 tpms.slow_leak=6 tpms.battery=7"),
          of(AlarmFamily.BSD, "bsd.rear=1 bsd.left=2 bsd.right=3"),
          of(
              AlarmFamily.FLAG,
              "alarm.emergency=0 alarm.overspeed=1 alarm.fatigue=2 alarm.danger_warning=3"
                  + " alarm.gnss_fault=4 alarm.gnss_antenna_open=5 alarm.gnss_antenna_short=6"
                  + " alarm.power_low=7 alarm.power_lost=8 alarm.display_fault=9"
                  + " alarm.speech_fault=10 alarm.camera_fault=11 alarm.ic_card_fault=12"
                  + " alarm.overspeed_warning=13 alarm.fatigue_warning=14"
                  + " alarm.daily_driving_time=18 alarm.parked_too_long=19 alarm.area=20"
                  + " alarm.route=21 alarm.section_time=22 alarm.off_route=23"
                  + " alarm.speed_sensor_fault=24 alarm.fuel_abnormal=25 alarm.stolen=26"
                  + " alarm.illegal_ignition=27 alarm.illegal_movement=28 alarm.collision=29"
                  + " alarm.rollover=30 alarm.illegal_door_opening=31"),
          of(
              AlarmFamily.VIDEO,
              "video.signal_lost=0 video.covered=1 video.storage_fault=2"
                  + " video.equipment_fault=3 video.overload=4 video.abnormal_driving=5"
                  + " video.recording_full=6"));

  /** As seen from terminals of later editions too. */
  private static final List<AlarmKind> JIANGSU =
      kinds(
          EVERYWHERE.stream(),
          of(AlarmFamily.ADAS, "adas.failure=8"),
          of(AlarmFamily.DSM, "dsm.hands_off=6 dsm.failure=7"),
          of(
              AlarmFamily.DRIVING,
              "driving.acceleration=1 driving.braking=2 driving.turn=3 driving.idling=4"
                  + " driving.engine_stop=5 driving.neutral=6 driving.engine_speed=7"));

  private static final List<AlarmKind> GUANGDONG =
      kinds(
          EVERYWHERE.stream(),
          of(AlarmFamily.ADAS, "adas.solid_line=18 adas.aisle_pedestrian=19"),
          of(
              AlarmFamily.DSM,
              "dsm.lens_covered=6 dsm.overtime=8 dsm.seat_belt=10 dsm.sunglasses=11"
                  + " dsm.hands_off=12 dsm.phone_play=13"));

  @SafeVarargs
  private static List<AlarmKind> kinds(Stream<AlarmKind>... parts) {
    return Stream.of(parts).flatMap(part -> part).toList();
  }

  private static Stream<AlarmKind> of(AlarmFamily family, String kinds) {
    return Stream.of(kinds.split(" "))
        .map(each -> each.split("=", 2))
        .map(pair -> new AlarmKind(pair[0], family, Integer.parseInt(pair[1])));
  }

  /** Every kind that the standard has. */
  public static List<AlarmKind> all(SafetyVariant variant) {
    return switch (variant) {
      case SU -> JIANGSU;
      case YUE -> GUANGDONG;
    };
  }

  /** By its name, if the standard has it. */
  public static Optional<AlarmKind> named(SafetyVariant variant, String name) {
    return all(variant).stream().filter(kind -> kind.name.equals(name)).findFirst();
  }
}
