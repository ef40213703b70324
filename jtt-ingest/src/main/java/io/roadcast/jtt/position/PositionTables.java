package io.roadcast.jtt.position;

import io.roadcast.fleet.database.Database;
import io.roadcast.jtt.jt808.ProtocolVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the tables of positions. Every method blocks, and fails while the database is away. */
public final class PositionTables {
  private static final String COLUMNS =
      "terminal, received_at, at, device_time, latitude, longitude, altitude_m, speed_kmh,"
          + " direction, alarms, video_alarms, status, protocol, mileage_km, serial, backlog";

  private final Database database;
  private final InstantSource clock;

  /** A place in a track, to go on behind it. */
  public record Place(Instant at, long id) {
    /** Before everything. */
    public static final Place FIRST = new Place(Instant.EPOCH, 0);
  }

  /**
   * A row of a track.
   *
   * @param place of this row
   */
  public record Point(Position position, Place place) {}

  /** Whose track. */
  public sealed interface Whose {
    /**
     * @param digits without leading zeros
     */
    record Terminal(String digits) implements Whose {}

    /** What was in the vehicle at the time. */
    record Vehicle(UUID id) implements Whose {}
  }

  public PositionTables(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The newest position that is written. */
  public Optional<Position> last(Whose whose) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM last_position WHERE "
                        + condition(whose)
                        + " ORDER BY at DESC LIMIT 1")
                .bind("whose", value(whose))
                .map((rows, context) -> position(rows))
                .findFirst());
  }

  /** The newest position of every terminal that had one since then. */
  public List<Position> lastOfAll(Instant since) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT " + COLUMNS + " FROM last_position WHERE received_at >= :since")
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((rows, context) -> position(rows))
                .list());
  }

  /**
   * A track, oldest first.
   *
   * @param from inclusive
   * @param to exclusive
   * @param after where the page before ended
   */
  public List<Point> track(Whose whose, Instant from, Instant to, Place after, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, "
                        + COLUMNS
                        + " FROM track WHERE "
                        + condition(whose)
                        // nothing is received before it was: spares the partitions before
                        + " AND received_at >= :from AND at >= :from AND at < :to"
                        + " AND (at, id) > (:after, :id) ORDER BY at, id LIMIT :limit")
                .bind("whose", value(whose))
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", to.atOffset(ZoneOffset.UTC))
                .bind("after", after.at().atOffset(ZoneOffset.UTC))
                .bind("id", after.id())
                .bind("limit", limit)
                .map(
                    (rows, context) -> {
                      Position position = position(rows);
                      return new Point(position, new Place(position.at(), rows.getLong("id")));
                    })
                .list());
  }

  /**
   * A track in few points, oldest first: the first one of each of so many equal times.
   *
   * @param from inclusive
   * @param to exclusive
   * @param most points
   */
  public List<Position> sketch(Whose whose, Instant from, Instant to, int most) {
    double step = Math.max(0.001, Duration.between(from, to).toMillis() / 1000.0 / most);
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT ON (part) "
                        + COLUMNS
                        + ", floor(extract(epoch FROM at - CAST(:from AS timestamptz)) / :step)"
                        + " AS part FROM track WHERE "
                        + condition(whose)
                        + " AND received_at >= :from AND at >= :from AND at < :to"
                        + " ORDER BY part, at, id")
                .bind("whose", value(whose))
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", to.atOffset(ZoneOffset.UTC))
                .bind("step", step)
                .map((rows, context) -> position(rows))
                .list());
  }

  /** Drops what is older; how many days that were. */
  public int dropOlderThan(Duration retention) {
    return TrackPartitions.drop(
        database, retention, clock.instant().atOffset(ZoneOffset.UTC).toLocalDate());
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

  private static Position position(ResultSet row) throws SQLException {
    double mileage = row.getDouble("mileage_km");
    boolean unknownMileage = row.wasNull();
    @Nullable LocalDateTime deviceTime = row.getObject("device_time", LocalDateTime.class);
    return new Position(
        row.getString("terminal"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        deviceTime,
        row.getDouble("latitude"),
        row.getDouble("longitude"),
        row.getInt("altitude_m"),
        Math.round(row.getFloat("speed_kmh") * 10) / 10.0,
        row.getInt("direction"),
        row.getLong("alarms"),
        row.getLong("video_alarms"),
        row.getLong("status"),
        ProtocolVersion.ofYear(row.getInt("protocol")),
        unknownMileage ? null : (Double) mileage,
        row.getInt("serial"),
        row.getBoolean("backlog"));
  }
}
