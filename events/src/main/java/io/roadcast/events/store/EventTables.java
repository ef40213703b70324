package io.roadcast.events.store;

import io.roadcast.events.SafetyEvent;
import io.roadcast.fleet.database.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Reads events. */
public final class EventTables {
  private final Database database;

  /** A place in a list of events, newest first, to go on behind it. */
  public record Place(Instant at, UUID id) {
    /** Before everything. */
    public static final Place FIRST =
        new Place(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    public static Place of(SafetyEvent event) {
      return new Place(event.at(), event.id());
    }
  }

  public EventTables(Database database) {
    this.database = database;
  }

  public Optional<SafetyEvent> find(UUID id) {
    return database.withHandle(handle -> find(handle, id));
  }

  static Optional<SafetyEvent> find(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT " + EventRows.COLUMNS + " FROM safety_event WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> EventRows.event(row))
        .findOne();
  }

  /**
   * The newest event of a terminal that has this identifier.
   *
   * @param terminal digits without leading zeros
   * @param identifier in hexadecimal
   */
  public Optional<SafetyEvent> ofIdentifier(String terminal, String identifier) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + EventRows.COLUMNS
                        + " FROM safety_event WHERE terminal = ? AND identifier = ?"
                        + " ORDER BY received_at DESC, id DESC LIMIT 1")
                .bind(0, terminal)
                .bind(1, HexFormat.of().parseHex(identifier))
                .map((row, context) -> EventRows.event(row))
                .findOne());
  }

  /** Newest first. */
  public List<SafetyEvent> list(EventQuery query, Place after, int limit) {
    return database.withHandle(
        handle -> {
          Condition condition = Condition.of(query);
          return condition
              .bind(
                  handle.createQuery(
                      "SELECT "
                          + EventRows.COLUMNS
                          + " FROM safety_event e WHERE (e.at, e.id) < (:after_at, :after_id)"
                          + condition.sql()
                          + " ORDER BY e.at DESC, e.id DESC LIMIT :limit"))
              .bind("after_at", EventRows.time(after.at()))
              .bind("after_id", after.id())
              .bind("limit", limit)
              .map((row, context) -> EventRows.event(row))
              .list();
        });
  }

  /** A group and all groups in it. */
  public Set<UUID> within(UUID group) {
    return Set.copyOf(
        database.withHandle(
            handle ->
                handle
                    .createQuery(
                        "WITH RECURSIVE within(id) AS (SELECT CAST(:group AS uuid) UNION"
                            + " SELECT g.id FROM vehicle_group g JOIN within w"
                            + " ON g.parent_id = w.id) SELECT id FROM within")
                    .bind("group", group)
                    .mapTo(UUID.class)
                    .list()));
  }

  /** The groups that the vehicle of each is in now, at whatever depth. */
  public List<List<UUID>> groups(List<SafetyEvent> events) {
    List<UUID> vehicles = new ArrayList<>();
    for (SafetyEvent event : events) {
      if (event.owner().vehicle() != null) {
        vehicles.add(event.owner().vehicle());
      }
    }
    VehicleGroups groups = database.withHandle(handle -> VehicleGroups.read(handle, vehicles));
    return events.stream().map(event -> groups.of(event.owner().vehicle())).toList();
  }

  /** What a query asks of the table aliased {@code e}. */
  record Condition(String sql, Map<String, Object> values) {
    static Condition of(EventQuery query) {
      List<String> parts = new ArrayList<>();
      Map<String, Object> values = new HashMap<>();
      if (query.organizations() != null) {
        parts.add("e.organization_id = ANY(:organizations)");
        values.put("organizations", query.organizations().toArray(UUID[]::new));
      }
      equal(parts, values, "terminal", query.terminal());
      equal(parts, values, "vehicle_id", query.vehicle());
      if (query.group() != null) {
        parts.add(
            "e.group_id IN (WITH RECURSIVE within(id) AS (SELECT CAST(:group AS uuid) UNION"
                + " SELECT g.id FROM vehicle_group g JOIN within w ON g.parent_id = w.id)"
                + " SELECT id FROM within)");
        values.put("group", query.group());
      }
      equal(parts, values, "kind", query.kind() == null ? null : query.kind().label());
      equal(parts, values, "subtype", query.type());
      if (query.least() != null) {
        parts.add("e.severity >= :least");
        values.put("least", query.least().ordinal());
      }
      absent(parts, "ended_at", query.open());
      absent(parts, "acknowledged_at", query.acknowledged() == null ? null : !query.acknowledged());
      equal(parts, values, "assignee", query.assignee());
      equal(parts, values, "false_alarm", query.falseAlarm());
      equal(parts, values, "suppressed", query.suppressed());
      bound(parts, values, "from", ">=", query.from());
      bound(parts, values, "to", "<", query.to());
      StringBuilder sql = new StringBuilder();
      parts.forEach(part -> sql.append(" AND ").append(part));
      return new Condition(sql.toString(), values);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
      values.forEach(statement::bind);
      return statement;
    }

    private static void equal(
        List<String> parts, Map<String, Object> values, String column, @Nullable Object value) {
      if (value != null) {
        parts.add("e." + column + " = :" + column);
        values.put(column, value);
      }
    }

    private static void absent(List<String> parts, String column, @Nullable Boolean wanted) {
      if (wanted != null) {
        parts.add("e." + column + (wanted ? " IS NULL" : " IS NOT NULL"));
      }
    }

    private static void bound(
        List<String> parts,
        Map<String, Object> values,
        String name,
        String comparison,
        @Nullable Instant time) {
      if (time != null) {
        parts.add("e.at " + comparison + " :" + name);
        values.put(name, Objects.requireNonNull(EventRows.time(time)));
      }
    }
  }
}
