package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.TrackingControl;
import io.roadcast.jtt.jt808.VehicleControlAnswer;

/** The JSON form of location reports. */
final class LocationJson {
  private LocationJson() {}

  static void write(LocationReport m, JsonFields out) {
    place(m.location(), out);
    out.objects("additional", m.items(), LocationJson::item);
    if (!m.rest().isEmpty()) {
      out.hex("rest_hex", m.rest());
    }
  }

  static void write(LocationAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial());
    out.object("location", report -> write(m.report(), report));
  }

  static void write(VehicleControlAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial());
    out.object("location", report -> write(m.report(), report));
  }

  static void write(LocationBatch m, JsonFields out) {
    out.number("count", m.count()).number("data_type", m.type());
    out.objects(
        "items",
        m.reports(),
        (report, item) -> {
          item.number("length", report.length());
          write(report, item);
        });
  }

  static void write(TrackingControl m, JsonFields out) {
    out.number("interval_s", m.intervalSeconds());
    out.numberOrNull("duration_s", m.durationSeconds());
  }

  static void place(Location location, JsonFields out) {
    out.number("alarm_flags", location.alarms()).number("status_flags", location.status());
    out.number("latitude", location.latitudeMicros());
    out.number("longitude", location.longitudeMicros());
    out.number("altitude_m", location.altitude());
    out.number("speed_0_1kmh", location.speedTenths());
    out.number("direction_deg", location.direction()).time("time", location.time());
  }

  private static void item(LocationItem item, JsonFields out) {
    out.byteId("id", item.id()).number("length", item.data().length());
    out.object("value", value -> LocationItemJson.write(item, value));
  }
}
