package io.roadcast.events.store;

import io.roadcast.events.SafetyEvent;
import io.roadcast.fleet.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What became of events, numbered. A number is given after the change was committed and numbers
 * become visible in their order, so whoever has seen one has missed none before it.
 */
public final class EventChanges {
  private static final String NUMBER =
      """
      UPDATE event_change SET number = fresh.number FROM (
        SELECT id, :last + row_number() OVER (ORDER BY id) AS number
        FROM event_change WHERE number IS NULL ORDER BY id LIMIT :limit) fresh
      WHERE event_change.id = fresh.id
      """;
  private static final String CHANGED =
      "SELECT c.number, c.what, "
          + EventRows.COLUMNS.replaceAll("(^|, )", "$1e.")
          + " FROM event_change c JOIN safety_event e ON e.id = c.event_id"
          + " WHERE c.number > :after AND c.number <= :to ORDER BY c.number";

  private final Database database;

  /**
   * An event that changed.
   *
   * @param number higher than that of every change before
   * @param event as it is now
   */
  public record Numbered(long number, EventChange what, SafetyEvent event) {}

  /** Numbers that can be asked for; {@code first} is higher than {@code last} if there are none. */
  public record Range(long first, long last) {}

  public EventChanges(Database database) {
    this.database = database;
  }

  /** With what webhooks are to be told of it, in the same transaction. */
  static void add(Handle handle, EventChange what, List<UUID> events) {
    if (!events.isEmpty()) {
      handle
          .createUpdate(WebhookOutbox.ADD)
          .bind("what", what.label())
          .bind("events", events.toArray(UUID[]::new))
          .execute();
    }
  }

  /**
   * Gives numbers to changes that have none.
   *
   * @return the highest number that is given
   */
  public long number(int limit) {
    if (!waiting()) {
      return last();
    }
    return database.inTransaction(
        handle -> {
          long last =
              handle
                  .createQuery("SELECT last FROM event_sequence FOR UPDATE")
                  .mapTo(Long.class)
                  .one();
          int count = handle.createUpdate(NUMBER).bind("last", last).bind("limit", limit).execute();
          if (count > 0) {
            handle
                .createUpdate("UPDATE event_sequence SET last = :last")
                .bind("last", last + count)
                .execute();
            WebhookOutbox.number(handle, last);
          }
          return last + count;
        });
  }

  /** Whether there are changes without a number. */
  public boolean waiting() {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT EXISTS (SELECT FROM event_change WHERE number IS NULL)")
                .mapTo(Boolean.class)
                .one());
  }

  /** Those of the numbers in between, in order; of events that are still there. */
  public List<Numbered> between(long after, long to) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(CHANGED)
                .bind("after", after)
                .bind("to", to)
                .map(
                    (row, context) ->
                        new Numbered(
                            row.getLong("number"),
                            EventChange.ofLabel(row.getString("what")),
                            EventRows.event(row)))
                .list());
  }

  private long last() {
    return database.withHandle(
        handle -> handle.createQuery("SELECT last FROM event_sequence").mapTo(Long.class).one());
  }

  /** What is kept. */
  public Range kept() {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT last, coalesce((SELECT min(number) FROM event_change), last + 1)"
                        + " AS first FROM event_sequence")
                .map((row, context) -> new Range(row.getLong("first"), row.getLong("last")))
                .one());
  }

  /** Forgets what became of events before; how much that was. */
  public int forgetBefore(Instant time) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate("DELETE FROM event_change WHERE at < :time AND number IS NOT NULL")
                .bind("time", EventRows.time(time))
                .execute());
  }
}
