package io.roadcast.events.webhook;

import io.roadcast.events.store.EventChange;
import io.roadcast.events.webhook.Delivery.State;
import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Deliveries and their lines in the database. */
public final class DeliveryTable {
  private static final String LINE = " WHERE webhook_id = :webhook AND terminal = :terminal";

  private final Database database;

  /** What is told one after the other. */
  record Line(UUID webhook, String terminal) {}

  /** A place in a list, newest first, to go on behind it. */
  public record Place(long number, UUID id) {
    /** Before everything. */
    public static final Place FIRST = new Place(Long.MAX_VALUE, new UUID(-1, -1));

    public static Place of(Delivery delivery) {
      return new Place(delivery.number(), delivery.id());
    }
  }

  public DeliveryTable(Database database) {
    this.database = database;
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * Newest first; those that were told are forgotten after a while.
   *
   * @param state null for all
   */
  public List<Delivery> list(UUID webhook, @Nullable State state, Place after, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM webhook_delivery WHERE webhook_id = :webhook"
                        + " AND number IS NOT NULL"
                        + (state == null ? "" : " AND state = :state")
                        + " AND (number, id) < (:number, :id)"
                        + " ORDER BY number DESC, id DESC LIMIT :limit")
                .bind("webhook", webhook)
                .bindMap(state == null ? Map.of() : Map.of("state", state.label()))
                .bind("number", after.number())
                .bind("id", after.id())
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list());
  }

  public Optional<Delivery> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM webhook_delivery WHERE id = ? AND number IS NOT NULL")
                .bind(0, id)
                .map((row, context) -> delivery(row))
                .findOne());
  }

  /**
   * Dead ones are to be told after all, before what waits in their lines.
   *
   * @param only this one; null for all of the webhook
   * @return how many
   */
  public int sendAgain(UUID webhook, @Nullable UUID only, Instant now) {
    return database.inTransaction(
        handle -> {
          List<String> terminals =
              handle
                  .createQuery(
                      "UPDATE webhook_delivery SET state = 'waiting', waits_since = :now,"
                          + " updated_at = :now WHERE webhook_id = :webhook AND state = 'dead'"
                          + " AND (CAST(:only AS uuid) IS NULL OR id = :only) RETURNING terminal")
                  .bind("now", time(now))
                  .bind("webhook", webhook)
                  .bind("only", only)
                  .mapTo(String.class)
                  .list();
          handle
              .createUpdate(
                  "INSERT INTO webhook_line (webhook_id, terminal, due_at)"
                      + " SELECT DISTINCT CAST(:webhook AS uuid), each,"
                      + " CAST('-infinity' AS timestamptz) FROM unnest(:terminals::text[])"
                      + " AS each ORDER BY each ON CONFLICT (webhook_id, terminal)"
                      + " DO UPDATE SET due_at = coalesce(webhook_line.due_at, excluded.due_at)")
              .bind("webhook", webhook)
              .bindArray("terminals", String.class, terminals)
              .execute();
          return terminals.size();
        });
  }

  /** Webhooks that have lines that are due. */
  List<UUID> due(Instant now) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT w.id FROM webhook w WHERE w.enabled AND EXISTS (SELECT FROM"
                        + " webhook_line l WHERE l.webhook_id = w.id AND l.due_at <= :now)"
                        + " ORDER BY w.id")
                .bind("now", time(now))
                .mapTo(UUID.class)
                .list());
  }

  /** Takes lines that are due, longest first; they are due again after the patience. */
  List<Line> claim(UUID webhook, Instant now, Duration patience, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE webhook_line SET due_at = :again
                    WHERE webhook_id = :webhook AND terminal IN (
                      SELECT terminal FROM webhook_line
                      WHERE webhook_id = :webhook AND due_at <= :now
                      ORDER BY due_at, terminal LIMIT :limit FOR UPDATE SKIP LOCKED)
                    RETURNING terminal
                    """)
                .bind("webhook", webhook)
                .bind("now", time(now))
                .bind("again", time(now.plus(patience)))
                .bind("limit", limit)
                .mapTo(String.class)
                .map(terminal -> new Line(webhook, terminal))
                .list());
  }

  /** The first ones of a line that wait, in order. */
  List<Delivery> waiting(Line line, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM webhook_delivery"
                        + LINE
                        + " AND state = 'waiting' AND number IS NOT NULL"
                        + " ORDER BY number LIMIT :limit")
                .bind("webhook", line.webhook())
                .bind("terminal", line.terminal())
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list());
  }

  /** How an attempt ended. */
  record Attempt(State state, @Nullable String reason, int refusals, Instant at) {}

  /**
   * Writes down how an attempt ended.
   *
   * @param due when the line may be taken again, unless it is done before
   */
  void attempted(Delivery delivery, Attempt attempt, Instant due) {
    database.useTransaction(
        handle -> {
          attempted(handle, delivery, attempt, null);
          due(handle, new Line(delivery.webhook(), delivery.terminal()), due);
        });
  }

  /**
   * The same of one that is set aside, whose line does not wait for it.
   *
   * @param due when it may be taken again itself
   */
  void attemptedAside(Delivery delivery, Attempt attempt, Instant due) {
    database.useTransaction(handle -> attempted(handle, delivery, attempt, due));
  }

  private static void attempted(
      Handle handle, Delivery delivery, Attempt attempt, @Nullable Instant due) {
    handle
        .createUpdate(
            "UPDATE webhook_delivery SET state = :state, reason = :reason, refusals = :refusals,"
                + " attempts = attempts + 1, updated_at = :now, due_at = :due WHERE id = :id")
        .bind("state", attempt.state().label())
        .bind("reason", attempt.reason())
        .bind("refusals", attempt.refusals())
        .bind("now", time(attempt.at()))
        .bind("due", due == null ? null : time(due))
        .bind("id", delivery.id())
        .execute();
  }

  /** Webhooks that have some set aside that are due. */
  List<UUID> dueAside(Instant now) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT w.id FROM webhook w WHERE w.enabled AND EXISTS (SELECT FROM"
                        + " webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'aside'"
                        + " AND d.due_at <= :now) ORDER BY w.id")
                .bind("now", time(now))
                .mapTo(UUID.class)
                .list());
  }

  /** Takes one that was set aside and is due; it is due again after the patience. */
  Optional<Delivery> claimAside(UUID webhook, Instant now, Duration patience) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE webhook_delivery SET due_at = :again WHERE id = (
                      SELECT id FROM webhook_delivery
                      WHERE webhook_id = :webhook AND state = 'aside' AND due_at <= :now
                      ORDER BY due_at, number LIMIT 1 FOR UPDATE SKIP LOCKED)
                    RETURNING *
                    """)
                .bind("webhook", webhook)
                .bind("now", time(now))
                .bind("again", time(now.plus(patience)))
                .map((row, context) -> delivery(row))
                .findOne());
  }

  private static void due(Handle handle, Line line, Instant due) {
    handle
        .createUpdate("UPDATE webhook_line SET due_at = :due" + LINE)
        .bind("due", time(due))
        .bind("webhook", line.webhook())
        .bind("terminal", line.terminal())
        .execute();
  }

  /** Whether nothing waits in the line any more; then it is due when something comes. */
  boolean rest(Line line) {
    return database.inTransaction(
        handle -> {
          handle
              .createQuery("SELECT terminal FROM webhook_line" + LINE + " FOR UPDATE")
              .bind("webhook", line.webhook())
              .bind("terminal", line.terminal())
              .mapTo(String.class)
              .findOne();
          // Whoever adds to the line changes its row afterwards: asked while it is locked, in a
          // statement of its own, nothing is overlooked.
          return handle
                  .createUpdate(
                      "UPDATE webhook_line l SET due_at = NULL"
                          + LINE
                          + " AND NOT EXISTS (SELECT FROM webhook_delivery d"
                          + " WHERE d.webhook_id = l.webhook_id AND d.terminal = l.terminal"
                          + " AND d.state = 'waiting' AND d.number IS NOT NULL)")
                  .bind("webhook", line.webhook())
                  .bind("terminal", line.terminal())
                  .execute()
              > 0;
        });
  }

  /** How many there are in a state. */
  public long count(State state) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT count(*) FROM webhook_delivery WHERE state = ?")
                .bind(0, state.label())
                .mapTo(Long.class)
                .one());
  }

  /** Forgets what was told, or died, before. */
  public int forget(Instant toldBefore, Instant deadBefore) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM webhook_delivery WHERE (state = 'delivered' AND updated_at <"
                        + " :told) OR (state = 'dead' AND updated_at < :dead)")
                .bind("told", time(toldBefore))
                .bind("dead", time(deadBefore))
                .execute());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getObject("webhook_id", UUID.class),
        row.getString("terminal"),
        row.getObject("event_id", UUID.class),
        EventChange.ofLabel(row.getString("what")),
        row.getLong("number"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("attempts"),
        row.getInt("refusals"),
        row.getString("reason"),
        instant(row, "created_at"),
        instant(row, "waits_since"),
        instant(row, "updated_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
