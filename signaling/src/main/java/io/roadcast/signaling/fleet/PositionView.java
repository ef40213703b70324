package io.roadcast.signaling.fleet;

import io.roadcast.jtt.position.Position;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A position as the API shows it. */
public record PositionView(
    Instant at,
    Instant receivedAt,
    @Nullable String deviceTime,
    double latitude,
    double longitude,
    int altitudeM,
    double speedKmh,
    int direction,
    boolean positioned,
    boolean acc,
    List<String> alarms,
    long status,
    boolean backlog,
    @Nullable Double mileageKm) {
  public static PositionView of(Position position) {
    return new PositionView(
        position.at(),
        position.receivedAt(),
        position.deviceTime() == null ? null : position.deviceTime() + "+08:00",
        position.latitude(),
        position.longitude(),
        position.altitude(),
        position.speed(),
        position.direction(),
        position.positioned(),
        position.acc(),
        position.alarmFlags().stream().map(flag -> flag.name().toLowerCase(Locale.ROOT)).toList(),
        position.status(),
        position.backlog(),
        position.mileage());
  }
}
