package io.roadcast.jtt.position;

import io.roadcast.jtt.jt808.AlarmFlag;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.StatusFlag;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a terminal was.
 *
 * @param terminal digits without leading zeros
 * @param at when, best estimate
 * @param receivedAt when the report came
 * @param deviceTime what the terminal's clock showed; null if no time or an impossible one
 * @param latitude degrees, south is negative
 * @param longitude degrees, west is negative
 * @param altitude metres
 * @param speed km/h
 * @param direction degrees, 0 is north, clockwise
 * @param alarms bits, see {@link AlarmFlag}
 * @param videoAlarms bits of JT/T 1078, 0 if none were sent
 * @param status bits, see {@link StatusFlag}
 * @param version whose alarm bits these are
 * @param mileage km; null if it was not sent
 * @param serial of the message
 * @param backlog it is old and was sent late
 */
public record Position(
    String terminal,
    Instant at,
    Instant receivedAt,
    @Nullable LocalDateTime deviceTime,
    double latitude,
    double longitude,
    int altitude,
    double speed,
    int direction,
    long alarms,
    long videoAlarms,
    long status,
    ProtocolVersion version,
    @Nullable Double mileage,
    int serial,
    boolean backlog) {

  static Position of(
      String terminal,
      LocationReport report,
      ProtocolVersion version,
      int serial,
      Instant receivedAt,
      ReportTime time) {
    Location location = report.location();
    OptionalDouble mileage = report.mileageKilometres();
    return new Position(
        terminal,
        time.at(),
        receivedAt,
        location.time().local().orElse(null),
        location.latitude(),
        location.longitude(),
        location.altitude(),
        location.speed(),
        location.direction(),
        location.alarms(),
        report.videoAlarms(),
        location.status(),
        version,
        mileage.isPresent() ? (Double) mileage.getAsDouble() : null,
        serial,
        time.backlog());
  }

  /** Whether the terminal knew where it was. */
  public boolean positioned() {
    return StatusFlag.POSITIONED.in(status);
  }

  /** Whether the ignition was on. */
  public boolean acc() {
    return StatusFlag.ACC.in(status);
  }

  public Set<AlarmFlag> alarmFlags() {
    return AlarmFlag.of(alarms, version);
  }
}
