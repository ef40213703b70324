package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jsatl12.AlarmPlace;
import io.roadcast.jtt.jsatl12.SafetyAlarm;
import io.roadcast.jtt.jsatl12.Wheel;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationItemValue;

/** The JSON form of additional items of location reports. */
final class LocationItemJson {
  private LocationItemJson() {}

  static void write(LocationItem item, JsonFields out) {
    SafetyAlarm.of(item)
        .ifPresentOrElse(alarm -> write(alarm, out), () -> write(LocationItemValue.of(item), out));
  }

  private static void write(LocationItemValue value, JsonFields out) {
    switch (value) {
      case LocationItemValue.Raw v -> out.hex("raw_hex", v.data());
      case LocationItemValue.Mileage v -> out.number("mileage_0_1km", v.tenths());
      case LocationItemValue.Fuel v -> out.number("fuel_0_1l", v.tenths());
      case LocationItemValue.RecorderSpeed v -> out.number("recorder_speed_0_1kmh", v.tenths());
      case LocationItemValue.AlarmToConfirm v -> out.number("manual_confirm_alarm_id", v.alarm());
      case LocationItemValue.TyrePressure v -> out.numbers("tire_pressure_pa", v.pascals());
      case LocationItemValue.CompartmentTemperature v ->
          out.number("compartment_temperature_c", v.celsius());
      case LocationItemValue.Overspeed v -> overspeed(v, out);
      case LocationItemValue.AreaCrossing v ->
          out.number("area_type", v.areaType())
              .number("area_id", v.area())
              .number("direction", v.direction());
      case LocationItemValue.SectionTime v ->
          out.number("route_id", v.section())
              .number("driving_time_s", v.seconds())
              .number("result", v.result());
      case LocationItemValue.VideoAlarms v -> out.number("video_alarm_bits", v.bits());
      case LocationItemValue.VideoSignalLost v ->
          out.number("video_signal_lost_channel_bits", v.channels());
      case LocationItemValue.VideoCovered v ->
          out.number("video_signal_blocked_channel_bits", v.channels());
      case LocationItemValue.StorageFault v -> out.number("storage_failure_bits", v.bits());
      case LocationItemValue.AbnormalDriving v -> abnormalDriving(v, out);
      case LocationItemValue.VehicleSignals v -> out.number("vehicle_signal_bits", v.bits());
      case LocationItemValue.IoStatus v -> out.number("io_status_bits", v.bits());
      case LocationItemValue.Analogue v ->
          out.number("analog_raw", v.bits())
              .number("ad0", v.bits() & 0xffff)
              .number("ad1", v.bits() >> 16);
      case LocationItemValue.SignalStrength v -> out.number("signal_strength", v.value());
      case LocationItemValue.Satellites v -> out.number("gnss_satellites", v.count());
    }
  }

  private static void overspeed(LocationItemValue.Overspeed value, JsonFields out) {
    out.number("area_type", value.areaType());
    if (value.area() != null) {
      out.number("area_id", value.area());
    }
  }

  private static void abnormalDriving(LocationItemValue.AbnormalDriving value, JsonFields out) {
    out.number("abnormal_driving_bits", value.bits());
    out.numberOrNull("fatigue_level", value.fatigue());
    if (value.fatigue() == null) {
      out.string("note", "2-byte short form seen in the field");
    }
  }

  private static void write(SafetyAlarm alarm, JsonFields out) {
    out.number("alarm_id", alarm.head().id()).number("flag_state", alarm.head().state());
    switch (alarm) {
      case SafetyAlarm.Adas adas -> {
        out.number("alarm_type", adas.type()).number("alarm_level", adas.level());
        out.number("front_vehicle_speed_kmh", adas.speedAhead());
        out.number("front_distance_100ms", adas.timeAhead());
        out.number("deviation_side", adas.side()).number("road_sign_type", adas.signType());
        out.number("road_sign_value", adas.signValue());
      }
      case SafetyAlarm.Dsm dsm -> {
        out.number("alarm_type", dsm.type()).number("alarm_level", dsm.level());
        out.number("fatigue_level", dsm.fatigue()).hex("reserved", dsm.reserved());
      }
      case SafetyAlarm.Tpms tpms -> {
        out.objects("wheels", tpms.wheels(), LocationItemJson::wheel);
        out.number("wheel_count", tpms.wheels().size());
        out.number("wheel_item_size", tpms.wheelBytes());
      }
      case SafetyAlarm.Bsd bsd -> out.number("alarm_type", bsd.type());
      case SafetyAlarm.AggressiveDriving driving -> {
        out.number("alarm_type", driving.type());
        out.number("time_threshold", driving.timeThreshold());
        out.number("threshold_1", driving.first()).number("threshold_2", driving.second());
      }
    }
    place(alarm.place(), out);
  }

  private static void place(AlarmPlace place, JsonFields out) {
    out.number("vehicle_speed_kmh", place.speed()).number("altitude_m", place.altitude());
    out.number("latitude", place.latitudeMicros()).number("longitude", place.longitudeMicros());
    out.time("time", place.time()).number("vehicle_status", place.vehicleStatus());
    out.object("alarm_identifier", SafetyJson.identifier(place.identifier()));
    out.string("variant", place.identifier().variant().label());
  }

  private static void wheel(Wheel wheel, JsonFields out) {
    out.number("position", wheel.position()).number("alarm_bits", wheel.alarms());
    out.number("pressure_kpa", wheel.pressure()).number("temperature_c", wheel.temperature());
    out.number("battery_percent", wheel.battery());
  }
}
