package io.roadcast.jtt.multimedia;

import io.roadcast.fleet.database.Database;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.PositionTables.Whose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of files. Every method blocks, and fails while the database is away. */
final class MediaTable {
  private static final String COLUMNS =
      "id, terminal, terminal_id, vehicle_id, organization_id, media_id, type, format, event,"
          + " channel, at, received_at, latitude, longitude, altitude_m, speed_kmh, direction,"
          + " positioned, bytes, sha256, place, command_id";

  /**
   * A terminal uses its numbers again; the youngest command of the last day is meant. Whoever
   * writes one of the two sides holds the terminal's lock, so that the other is seen.
   */
  private static final String INSERT =
      "INSERT INTO terminal_media ("
          + COLUMNS
          + ") VALUES (:id, :terminal, :terminal_id::uuid, :vehicle_id::uuid,"
          + " :organization_id::uuid, :media_id, :type, :format, :event, :channel, :at,"
          + " :received_at, :latitude::float8, :longitude::float8, :altitude::int, :speed::float8,"
          + " :direction::int, :positioned::boolean, :bytes, :sha256, :place,"
          + " (SELECT c.id FROM terminal_command c WHERE c.terminal = :terminal"
          + " AND c.created_at <= :received_at AND c.created_at > :received_at - interval '1 day'"
          + " AND :media_id = ANY (c.media_ids) ORDER BY c.created_at DESC LIMIT 1))"
          + " ON CONFLICT DO NOTHING";

  private final Database database;

  MediaTable(Database database) {
    this.database = database;
  }

  /**
   * Adds a file.
   *
   * @return as it stands in the table: another one, with another id, if the same file was there
   */
  MediaRecord insert(MediaRecord value) {
    return database.inTransaction(
        handle -> {
          lock(handle, value.terminal());
          insert(handle, value);
          return handle
              .createQuery(
                  "SELECT "
                      + COLUMNS
                      + " FROM terminal_media"
                      + " WHERE terminal = ? AND media_id = ? AND sha256 = ?")
              .bind(0, value.terminal())
              .bind(1, value.mediaId())
              .bind(2, value.sha256())
              .map((row, context) -> read(row))
              .one();
        });
  }

  private static void insert(Handle handle, MediaRecord value) {
    @Nullable MediaPosition position = value.position();
    handle
        .createUpdate(INSERT)
        .bind("id", value.id())
        .bind("terminal", value.terminal())
        .bind("terminal_id", value.owner().terminal())
        .bind("vehicle_id", value.owner().vehicle())
        .bind("organization_id", value.owner().organization())
        .bind("media_id", value.mediaId())
        .bind("type", value.type())
        .bind("format", value.format())
        .bind("event", value.event())
        .bind("channel", value.channel())
        .bind("at", value.at().atOffset(ZoneOffset.UTC))
        .bind("received_at", value.receivedAt().atOffset(ZoneOffset.UTC))
        .bind("latitude", position == null ? null : (Double) position.latitude())
        .bind("longitude", position == null ? null : (Double) position.longitude())
        .bind("altitude", position == null ? null : (Integer) position.altitude())
        .bind("speed", position == null ? null : (Double) position.speed())
        .bind("direction", position == null ? null : (Integer) position.direction())
        .bind("positioned", position == null ? null : (Boolean) position.positioned())
        .bind("bytes", value.bytes())
        .bind("sha256", value.sha256())
        .bind("place", value.place())
        .execute();
  }

  static void lock(Handle handle, String terminal) {
    handle
        .createQuery(
            "SELECT count(*) FROM"
                + " (SELECT pg_advisory_xact_lock(hashtext('terminal_media'), hashtext(?))) held")
        .bind(0, terminal)
        .mapTo(Long.class)
        .one();
  }

  Optional<MediaRecord> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + " FROM terminal_media WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** Newest first, behind (at, id). */
  List<MediaRecord> list(MediaQuery query, Instant at, UUID id, int limit) {
    String kind = query.kind() == null ? "" : " AND type = :type";
    String command = query.command() == null ? "" : " AND command_id = :command";
    return database.withHandle(
        handle -> {
          var wanted =
              handle
                  .createQuery(
                      "SELECT "
                          + COLUMNS
                          + " FROM terminal_media WHERE "
                          + condition(query.whose())
                          + " AND at >= :from AND at < :to AND (at, id) < (:at, :id)"
                          + kind
                          + command
                          + " ORDER BY at DESC, id DESC LIMIT :limit")
                  .bind("whose", value(query.whose()))
                  .bind("from", query.from().atOffset(ZoneOffset.UTC))
                  .bind("to", query.to().atOffset(ZoneOffset.UTC))
                  .bind("at", at.atOffset(ZoneOffset.UTC))
                  .bind("id", id)
                  .bind("limit", limit);
          if (query.kind() != null) {
            wanted.bind("type", query.kind().type());
          }
          if (query.command() != null) {
            wanted.bind("command", query.command());
          }
          return wanted.map((row, context) -> read(row)).list();
        });
  }

  private static String condition(Whose whose) {
    return switch (whose) {
      case Whose.Terminal _ -> "terminal = :whose";
      case Whose.Vehicle _ -> "vehicle_id = :whose";
    };
  }

  private static Object value(Whose whose) {
    return switch (whose) {
      case Whose.Terminal(String digits) -> digits;
      case Whose.Vehicle(UUID id) -> id;
    };
  }

  /** Those that came first. */
  List<MediaRecord> oldest(int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM terminal_media ORDER BY received_at, id LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  /** Those of a terminal that came first. */
  List<MediaRecord> oldest(String terminal, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM terminal_media WHERE terminal = :terminal"
                        + " ORDER BY received_at, id LIMIT :limit")
                .bind("terminal", terminal)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  long bytes() {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT coalesce(sum(bytes), 0)::bigint FROM terminal_media")
                .mapTo(Long.class)
                .one());
  }

  long bytes(String terminal) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT coalesce(sum(bytes), 0)::bigint FROM terminal_media"
                        + " WHERE terminal = ?")
                .bind(0, terminal)
                .mapTo(Long.class)
                .one());
  }

  /** False if it was not there. */
  boolean delete(UUID id) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate("DELETE FROM terminal_media WHERE id = ?")
                    .bind(0, id)
                    .execute())
        == 1;
  }

  private static MediaRecord read(ResultSet row) throws SQLException {
    @Nullable UUID terminal = row.getObject("terminal_id", UUID.class);
    @Nullable UUID vehicle = row.getObject("vehicle_id", UUID.class);
    @Nullable UUID organization = row.getObject("organization_id", UUID.class);
    @Nullable UUID command = row.getObject("command_id", UUID.class);
    return new MediaRecord(
        row.getObject("id", UUID.class),
        row.getString("terminal"),
        new Ownership.Owner(terminal, vehicle, organization),
        row.getLong("media_id"),
        row.getInt("type"),
        row.getInt("format"),
        row.getInt("event"),
        row.getInt("channel"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        position(row),
        row.getLong("bytes"),
        row.getString("sha256"),
        row.getString("place"),
        command);
  }

  private static @Nullable MediaPosition position(ResultSet row) throws SQLException {
    double latitude = row.getDouble("latitude");
    return row.wasNull()
        ? null
        : new MediaPosition(
            latitude,
            row.getDouble("longitude"),
            row.getInt("altitude_m"),
            row.getDouble("speed_kmh"),
            row.getInt("direction"),
            row.getBoolean("positioned"));
  }
}
