package io.roadcast.recorder.policy;

import io.roadcast.fleet.database.Database;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/** Policies in PostgreSQL. Its methods block, and fail while the database is away. */
public final class PolicyTable {
  private final Database database;

  /** A camera that a policy may want to be on. */
  record Camera(StreamId stream, Owner owner) {}

  public PolicyTable(Database database) {
    this.database = database;
  }

  /** All of them, by scope and subject. */
  public List<RecordingPolicy> all() {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM recording_policy ORDER BY scope, subject")
                .map(PolicyTable::map)
                .list());
  }

  /** Adds a policy, or replaces that of the same subject. */
  public void put(RecordingPolicy policy) {
    Schedule schedule = policy.schedule();
    Duration age = policy.limits().age();
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO recording_policy (scope, subject, organization_id, mode,
                      schedule_days, schedule_from, schedule_to, schedule_zone,
                      keep_seconds, max_bytes)
                    VALUES (:scope, :subject, :organization, :mode, :days, :from, :to, :zone,
                      :keep, :bytes)
                    ON CONFLICT (scope, subject) DO UPDATE SET
                      organization_id = excluded.organization_id, mode = excluded.mode,
                      schedule_days = excluded.schedule_days,
                      schedule_from = excluded.schedule_from, schedule_to = excluded.schedule_to,
                      schedule_zone = excluded.schedule_zone,
                      keep_seconds = excluded.keep_seconds, max_bytes = excluded.max_bytes, updated_at = now()
                    """)
                .bind("scope", policy.scope().label())
                .bind("subject", policy.subject())
                .bind("organization", policy.organization())
                .bind("mode", policy.mode().label())
                .bind(
                    "days",
                    schedule == null
                        ? null
                        : schedule.days().stream()
                            .sorted()
                            .map(DayOfWeek::name)
                            .collect(Collectors.joining(" ")))
                .bind("from", schedule == null ? null : schedule.from())
                .bind("to", schedule == null ? null : schedule.to())
                .bind("zone", schedule == null ? null : schedule.zone().getId())
                .bind("keep", age == null ? null : (double) age.toSeconds())
                .bind("bytes", policy.limits().bytes())
                .execute());
  }

  /**
   * @return whether there was one
   */
  public boolean remove(PolicyScope scope, String subject) {
    return database.inTransaction(
            handle ->
                handle.execute(
                    "DELETE FROM recording_policy WHERE scope = ? AND subject = ?",
                    scope.label(),
                    subject))
        > 0;
  }

  /** The group that each vehicle is in. */
  Map<UUID, UUID> vehicleGroups() {
    return pairs("SELECT id, group_id FROM vehicle WHERE group_id IS NOT NULL");
  }

  /** The group that each group is in. */
  Map<UUID, UUID> groupParents() {
    return pairs("SELECT id, parent_id FROM vehicle_group WHERE parent_id IS NOT NULL");
  }

  private Map<UUID, UUID> pairs(String sql) {
    return database.withHandle(
        handle -> {
          Map<UUID, UUID> found = new HashMap<>();
          handle
              .createQuery(sql)
              .map(
                  (row, context) ->
                      Map.entry(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
              .forEach(pair -> found.put(pair.getKey(), pair.getValue()));
          return found;
        });
  }

  /** Recordings that somebody started and that are not over. */
  Map<StreamId, Instant> started(Instant now) {
    return database.withHandle(
        handle -> {
          Map<StreamId, Instant> found = new HashMap<>();
          handle
              .createQuery(
                  "SELECT stream, quality, until FROM recording_started WHERE until > :now")
              .bind("now", now.atOffset(ZoneOffset.UTC))
              .map(
                  (row, context) ->
                      Map.entry(
                          StreamId.parse(row.getString(1), Quality.ofLabel(row.getString(2))),
                          row.getObject(3, OffsetDateTime.class).toInstant()))
              .forEach(pair -> found.put(pair.getKey(), pair.getValue()));
          return found;
        });
  }

  /** Replaces all recordings that somebody started. */
  void putStarted(Map<StreamId, Instant> all) {
    database.useTransaction(
        handle -> {
          handle.execute("DELETE FROM recording_started");
          all.forEach(
              (stream, until) ->
                  handle.execute(
                      "INSERT INTO recording_started (stream, quality, until) VALUES (?, ?, ?)",
                      stream.name(),
                      stream.quality().label(),
                      until.atOffset(ZoneOffset.UTC)));
        });
  }

  /** Whose a group is. */
  public Optional<UUID> organizationOfGroup(UUID group) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT organization_id FROM vehicle_group WHERE id = :id")
                .bind("id", group)
                .mapTo(UUID.class)
                .findOne());
  }

  /** The main streams of all channels of all terminals that have a phone number. */
  List<Camera> cameras() {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT n.digits, c.number, t.organization_id, t.id, i.vehicle_id
                    FROM channel c JOIN terminal t ON t.id = c.terminal_id
                    JOIN terminal_identity n ON n.terminal_id = t.id AND n.kind = 'phone'
                      AND n.valid_to IS NULL
                    LEFT JOIN installation i ON i.terminal_id = t.id AND i.installed_to IS NULL
                    """)
                .map(
                    (row, context) ->
                        new Camera(
                            StreamId.ofTerminal(row.getString(1), row.getInt(2), Quality.MAIN),
                            new Owner(
                                row.getObject(3, UUID.class),
                                row.getObject(4, UUID.class),
                                row.getObject(5, UUID.class))))
                .list());
  }

  private static RecordingPolicy map(ResultSet row, StatementContext context) throws SQLException {
    String zone = row.getString("schedule_zone");
    Schedule schedule = null;
    if (zone != null) {
      Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      for (String day : row.getString("schedule_days").split(" ")) {
        days.add(DayOfWeek.valueOf(day));
      }
      schedule =
          new Schedule(
              days,
              row.getObject("schedule_from", LocalTime.class),
              row.getObject("schedule_to", LocalTime.class),
              ZoneId.of(zone));
    }
    return new RecordingPolicy(
        PolicyScope.ofLabel(row.getString("scope")).orElseThrow(),
        row.getString("subject"),
        row.getObject("organization_id", UUID.class),
        PolicyMode.ofLabel(row.getString("mode")).orElseThrow(),
        schedule,
        new KeepLimits(
            row.getObject("keep_seconds") == null
                ? null
                : Duration.ofSeconds(row.getLong("keep_seconds")),
            row.getObject("max_bytes", Long.class)));
  }
}
