package io.roadcast.events.action;

import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be done, in the database. */
final class TaskTable {
  private final Database database;

  /**
   * @param attempts with this one
   */
  record Task(UUID id, UUID event, String action, String arguments, String rule, int attempts) {}

  TaskTable(Database database) {
    this.database = database;
  }

  /** Takes what is due; whoever does not say how it ended within the patience, is asked again. */
  List<Task> claim(Instant now, Duration patience, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE event_task SET attempts = attempts + 1, due_at = :again
                    WHERE id IN (SELECT id FROM event_task WHERE state = 'waiting'
                      AND due_at <= :now ORDER BY due_at, id LIMIT :limit FOR UPDATE SKIP LOCKED)
                    RETURNING id, event_id, action, arguments, rule, attempts
                    """)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("again", now.plus(patience).atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .map((row, context) -> task(row))
                .list());
  }

  private static Task task(ResultSet row) throws SQLException {
    return new Task(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        row.getString("action"),
        row.getString("arguments"),
        row.getString("rule"),
        row.getInt("attempts"));
  }

  void finish(UUID id, String state, @Nullable String reason) {
    change(id, state, reason, null);
  }

  void again(UUID id, String reason, Instant due) {
    change(id, "waiting", reason, due);
  }

  private void change(UUID id, String state, @Nullable String reason, @Nullable Instant due) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    "UPDATE event_task SET state = :state, reason = :reason,"
                        + " due_at = coalesce(CAST(:due AS timestamptz), due_at),"
                        + " updated_at = now() WHERE id = :id")
                .bind("id", id)
                .bind("state", state)
                .bind("reason", reason)
                .bind("due", due == null ? null : due.atOffset(ZoneOffset.UTC))
                .execute());
  }

  int forgetBefore(Instant time) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM event_task WHERE state <> 'waiting' AND updated_at < :time")
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .execute());
  }
}
