package io.roadcast.events.store;

import io.roadcast.events.EventFiles;
import io.roadcast.events.EventHandling;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventPlace;
import io.roadcast.events.EventType;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Columns of an event as the records want them. */
final class EventRows {
  static final String COLUMNS =
      "id, kind, subtype, severity, source, terminal, terminal_id, vehicle_id, group_id,"
          + " organization_id, channel, latitude, longitude, altitude_m, speed_kmh, direction,"
          + " device_time, at, received_at, ended_at, end_reason, backlog, suppressed, attention,"
          + " identifier, attachments, details, acknowledged_at, acknowledged_by, assignee,"
          + " false_alarm, updated_at";

  private static final Severity[] SEVERITIES = Severity.values();

  private EventRows() {}

  static SafetyEvent event(ResultSet row) throws SQLException {
    return new SafetyEvent(
        uuid(row, "id"),
        new EventType(EventKind.ofLabel(row.getString("kind")), row.getString("subtype")),
        SEVERITIES[row.getInt("severity")],
        row.getString("source"),
        row.getString("terminal"),
        new EventOwner(
            optionalUuid(row, "terminal_id"),
            optionalUuid(row, "vehicle_id"),
            optionalUuid(row, "group_id"),
            optionalUuid(row, "organization_id")),
        optionalInt(row, "channel"),
        place(row),
        localTime(row, "device_time"),
        instant(row, "at"),
        instant(row, "received_at"),
        optionalInstant(row, "ended_at"),
        optionalText(row, "end_reason"),
        row.getBoolean("backlog"),
        row.getBoolean("suppressed"),
        row.getBoolean("attention"),
        files(row),
        row.getString("details"),
        new EventHandling(
            optionalInstant(row, "acknowledged_at"),
            optionalText(row, "acknowledged_by"),
            optionalText(row, "assignee"),
            row.getBoolean("false_alarm")),
        instant(row, "updated_at"));
  }

  private static @Nullable EventPlace place(ResultSet row) throws SQLException {
    double latitude = row.getDouble("latitude");
    if (row.wasNull()) {
      return null;
    }
    float speed = row.getFloat("speed_kmh");
    Double known = row.wasNull() ? null : (Double) (Math.round(speed * 10) / 10.0);
    return new EventPlace(
        latitude,
        row.getDouble("longitude"),
        optionalInt(row, "altitude_m"),
        known,
        optionalInt(row, "direction"));
  }

  private static @Nullable EventFiles files(ResultSet row) throws SQLException {
    byte[] identifier = row.getBytes("identifier");
    return identifier == null
        ? null
        : new EventFiles(HexFormat.of().formatHex(identifier), row.getInt("attachments"));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static @Nullable UUID optionalUuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static @Nullable String optionalText(ResultSet row, String column) throws SQLException {
    return row.getString(column);
  }

  static @Nullable Integer optionalInt(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : (Integer) value;
  }

  static @Nullable Long optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : (Long) value;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable LocalDateTime localTime(ResultSet row, String column)
      throws SQLException {
    return row.getObject(column, LocalDateTime.class);
  }

  /** As the driver takes it. */
  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
