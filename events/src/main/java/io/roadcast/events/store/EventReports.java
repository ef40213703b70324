package io.roadcast.events.store;

import io.roadcast.events.store.DrivenDistances.Driven;
import io.roadcast.events.store.EventTables.Condition;
import io.roadcast.fleet.database.Database;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts events: of whom, of what, when, and how many for the way that was driven. */
public final class EventReports {
  /** More keys than that are no report that anybody reads. */
  private static final int MOST_KEYS = 100_000;

  private static final double SHORTEST_WAY = 1;

  private final Database database;
  private final EventTables tables;
  private final DrivenDistances distances;

  /** By what they are counted. */
  public enum By {
    VEHICLE("e.vehicle_id::text"),
    GROUP("e.group_id::text"),
    TERMINAL("e.terminal"),
    KIND("e.kind"),
    TYPE("e.kind || '.' || e.subtype"),
    SEVERITY("(ARRAY['info', 'warning', 'critical'])[e.severity + 1]"),
    /** Of UTC. */
    DAY("to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"),
    /** Of the day, 00 to 23 of UTC. */
    HOUR("to_char(e.at AT TIME ZONE 'UTC', 'HH24')");

    private final String column;

    By(String column) {
      this.column = column;
    }

    /** Lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is none of this label
     */
    public static By ofLabel(String label) {
      for (By by : values()) {
        if (by.label().equals(label)) {
          return by;
        }
      }
      throw new IllegalArgumentException("there is no report by it");
    }

    /** What was driven counts for this key; null for none. */
    private @Nullable String keyOf(Driven driven) {
      return switch (this) {
        case VEHICLE -> driven.vehicle() == null ? null : driven.vehicle().toString();
        case GROUP -> driven.group() == null ? null : driven.group().toString();
        case TERMINAL -> driven.terminal();
        case KIND, TYPE, SEVERITY, DAY, HOUR -> null;
      };
    }

    /** Of each key the whole way: whatever happened, it happened on all of it. */
    private boolean ofTheWholeWay() {
      return this == KIND || this == TYPE || this == SEVERITY;
    }
  }

  /** Which lines come first. */
  public enum Order {
    /** Those with most events. */
    COUNT,
    /** Those with most for the way; those whose way is not known last. */
    RATE,
    KEY;

    /**
     * @throws IllegalArgumentException if there is none of this label
     */
    public static Order ofLabel(String label) {
      return switch (label) {
        case "count" -> COUNT;
        case "rate" -> RATE;
        case "key" -> KEY;
        default -> throw new IllegalArgumentException("it is count, rate or key");
      };
    }

    private Comparator<Line> comparator() {
      Comparator<Line> byKey = Comparator.comparing(Line::keyOrLast);
      return switch (this) {
        case COUNT -> Comparator.comparingLong(Line::events).reversed().thenComparing(byKey);
        case RATE -> Comparator.comparingDouble(Line::rateOrNone).reversed().thenComparing(byKey);
        case KEY -> byKey;
      };
    }
  }

  /**
   * A line of a report.
   *
   * @param key what is counted; null for events that have none
   * @param kilometres that were driven meanwhile, by the odometers; null where they are not known
   */
  public record Line(
      @Nullable String key,
      long events,
      long info,
      long warning,
      long critical,
      long falseAlarms,
      @Nullable Double kilometres) {
    /** Without false alarms; null where the way is not known, or shorter than a kilometre. */
    public @Nullable Double perHundredKilometres() {
      return kilometres == null || kilometres < SHORTEST_WAY
          ? null
          : (Double) (Math.round((events - falseAlarms) / kilometres * 10_000) / 100.0);
    }

    private double rateOrNone() {
      Double rate = perHundredKilometres();
      return rate == null ? -1 : rate;
    }

    /** Behind all letters and digits. */
    private String keyOrLast() {
      return key == null ? "\uffff" : key;
    }

    private Line driven(@Nullable Double way) {
      Double rounded = way == null ? null : (Double) (Math.round(way * 10) / 10.0);
      return new Line(key, events, info, warning, critical, falseAlarms, rounded);
    }
  }

  public EventReports(Database database, EventTables tables, DrivenDistances distances) {
    this.database = database;
    this.tables = tables;
    this.distances = distances;
  }

  /**
   * The first lines of that order. Suppressed events count only if the query names them.
   *
   * @param query with a beginning and an end
   */
  public List<Line> count(EventQuery query, By by, Order order, int limit) {
    Map<String, Double> ways = new HashMap<>();
    double whole = 0;
    if (by.ofTheWholeWay() || by == By.VEHICLE || by == By.GROUP || by == By.TERMINAL) {
      for (Driven driven : driven(query)) {
        String key = by.keyOf(driven);
        whole += driven.kilometres();
        if (key != null) {
          ways.merge(key, driven.kilometres(), Double::sum);
        }
      }
    }
    Double all = by.ofTheWholeWay() && whole > 0 ? (Double) whole : null;
    return counted(query, by).stream()
        .map(line -> line.driven(by.ofTheWholeWay() ? all : ways.get(line.key())))
        .sorted(order.comparator())
        .limit(limit)
        .toList();
  }

  private List<Driven> driven(EventQuery query) {
    UUID group = query.group();
    Set<UUID> groups = group == null ? null : tables.within(group);
    return distances
        .between(Objects.requireNonNull(query.from()), Objects.requireNonNull(query.to()))
        .stream()
        .filter(
            each ->
                query.organizations() == null || holds(query.organizations(), each.organization()))
        .filter(each -> query.terminal() == null || query.terminal().equals(each.terminal()))
        .filter(each -> query.vehicle() == null || query.vehicle().equals(each.vehicle()))
        .filter(each -> groups == null || holds(groups, each.group()))
        .toList();
  }

  private static boolean holds(Set<UUID> all, @Nullable UUID one) {
    return one != null && all.contains(one);
  }

  private List<Line> counted(EventQuery query, By by) {
    Condition condition = Condition.of(query);
    String sql =
        "SELECT "
            + by.column
            + " AS key, count(*) AS events, count(*) FILTER (WHERE e.severity = 0) AS info,"
            + " count(*) FILTER (WHERE e.severity = 1) AS warning,"
            + " count(*) FILTER (WHERE e.severity = 2) AS critical,"
            + " count(*) FILTER (WHERE e.false_alarm) AS false_alarms"
            + " FROM safety_event e WHERE (:all OR NOT e.suppressed)"
            + condition.sql()
            + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT "
            + MOST_KEYS;
    return database.withHandle(
        handle ->
            condition
                .bind(handle.createQuery(sql))
                .bind("all", query.suppressed() != null)
                .map(
                    (row, context) ->
                        new Line(
                            EventRows.optionalText(row, "key"),
                            row.getLong("events"),
                            row.getLong("info"),
                            row.getLong("warning"),
                            row.getLong("critical"),
                            row.getLong("false_alarms"),
                            null))
                .list());
  }
}
