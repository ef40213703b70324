package io.roadcast.simulator;

import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.StatusFlag;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.simulator.picture.RoadCourse;
import io.roadcast.simulator.route.Route;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of one vehicle as a function of time: the speed is the one that its picture shows, the
 * place too where it is the first vehicle of its scene. Any thread may use it.
 */
final class Drive {
  private static final double MICROS = 1e6;
  private static final double APART_METRES = 1_370;
  private static final double ODOMETER_METRES = 18_000_000;
  private static final int MILEAGE = 0x01;
  private static final int SIGNAL = 0x30;
  private static final int SATELLITES = 0x31;

  private final StreamTime time;
  private final RoadCourse course;
  private final Route route;
  private final double ahead;
  private final ProtocolVersion version;

  /**
   * @param index of the terminal; terminals beyond the scenes drive behind those before
   */
  Drive(StreamTime time, int index, int scenes, ProtocolVersion version) {
    this.time = time;
    this.version = version;
    int scene = index % scenes;
    course = new RoadCourse(scene);
    route = Route.ofScene(scene);
    ahead = index / scenes * APART_METRES;
  }

  /**
   * The report of this moment.
   *
   * @param more items behind those that every report has
   */
  LocationReport report(Instant clock, long alarms, List<LocationItem> more) {
    List<LocationItem> items = new ArrayList<>();
    items.add(new LocationItem(MILEAGE, dword(Math.round((ODOMETER_METRES + metres()) / 100))));
    items.add(new LocationItem(SIGNAL, Bytes.of((byte) 27)));
    items.add(new LocationItem(SATELLITES, Bytes.of((byte) 14)));
    items.addAll(more);
    return new LocationReport(location(clock, alarms), items);
  }

  /**
   * @param clock what the terminal takes for the time
   * @param alarms bits
   */
  Location location(Instant clock, long alarms) {
    Route.Place place = route.at(metres());
    return new Location(
        alarms,
        status(place),
        Math.round(Math.abs(place.latitude()) * MICROS),
        Math.round(Math.abs(place.longitude()) * MICROS),
        (int) Math.round(12 + course.elevation(metres())),
        (int) Math.round(course.speed(seconds()) * 36),
        place.direction(),
        TerminalTime.of(clock));
  }

  private long status(Route.Place place) {
    long status =
        StatusFlag.ACC.mask()
            | StatusFlag.POSITIONED.mask()
            | StatusFlag.GPS.mask()
            | StatusFlag.BEIDOU.mask();
    status |= place.latitude() < 0 ? StatusFlag.SOUTH.mask() : 0;
    status |= place.longitude() < 0 ? StatusFlag.WEST.mask() : 0;
    return version == ProtocolVersion.V2019 ? status | StatusFlag.MOVING.mask() : status;
  }

  private double metres() {
    return ahead + course.distance(seconds());
  }

  private double seconds() {
    return time.nowMillis() / 1000.0;
  }

  private static Bytes dword(long value) {
    return Bytes.of(ByteBuffer.allocate(4).putInt((int) value).array());
  }
}
