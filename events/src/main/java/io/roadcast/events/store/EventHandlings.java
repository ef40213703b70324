package io.roadcast.events.store;

import io.roadcast.events.EventComment;
import io.roadcast.events.SafetyEvent;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people make of events. Each change is told to whoever follows the event. */
public final class EventHandlings {
  private final Database database;
  private final InstantSource clock;
  private final Runnable committed;

  /** What is to be changed; null for what stays. An empty assignee is nobody. */
  public record Change(
      @Nullable Boolean acknowledged, @Nullable String assignee, @Nullable Boolean falseAlarm) {}

  /**
   * @param committed told when there is something new; must not block
   */
  public EventHandlings(Database database, InstantSource clock, Runnable committed) {
    this.database = database;
    this.clock = clock;
    this.committed = committed;
  }

  /**
   * Changes it. Who acknowledged first stays.
   *
   * @param principal who does it
   * @return the event as it is now; empty if there is none
   */
  public Optional<SafetyEvent> change(UUID id, Change change, String principal) {
    Optional<SafetyEvent> changed =
        database.inTransaction(
            handle -> {
              int rows =
                  handle
                      .createUpdate(
                          """
                          UPDATE safety_event SET
                            acknowledged_at = CASE WHEN :acknowledge THEN
                              coalesce(acknowledged_at, :now) WHEN :withdraw THEN NULL
                              ELSE acknowledged_at END,
                            acknowledged_by = CASE WHEN :acknowledge THEN
                              coalesce(acknowledged_by, :principal) WHEN :withdraw THEN NULL
                              ELSE acknowledged_by END,
                            assignee = CASE WHEN CAST(:assignee AS text) IS NULL THEN assignee
                              ELSE nullif(:assignee, '') END,
                            false_alarm = coalesce(CAST(:wrong AS boolean), false_alarm),
                            updated_at = :now
                          WHERE id = :id
                          """)
                      .bind("acknowledge", Boolean.TRUE.equals(change.acknowledged()))
                      .bind("withdraw", Boolean.FALSE.equals(change.acknowledged()))
                      .bind("principal", principal)
                      .bind("assignee", change.assignee())
                      .bind("wrong", change.falseAlarm())
                      .bind("now", EventRows.time(clock.instant()))
                      .bind("id", id)
                      .execute();
              if (rows > 0) {
                EventChanges.add(handle, EventChange.HANDLED, List.of(id));
              }
              return EventTables.find(handle, id);
            });
    committed.run();
    return changed;
  }

  /** Writes something about an event that is there. */
  public EventComment comment(UUID event, String author, String text) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    EventComment comment = new EventComment(TimeOrderedId.next(), event, now, author, text);
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO event_comment (id, event_id, at, author, text)"
                      + " VALUES (:id, :event, :at, :author, :text)")
              .bind("id", comment.id())
              .bind("event", event)
              .bind("at", EventRows.time(now))
              .bind("author", author)
              .bind("text", text)
              .execute();
          EventChanges.add(handle, EventChange.HANDLED, List.of(event));
        });
    committed.run();
    return comment;
  }

  /** Oldest first. */
  public List<EventComment> comments(UUID event) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, event_id, at, author, text FROM event_comment"
                        + " WHERE event_id = ? ORDER BY at, id LIMIT 1000")
                .bind(0, event)
                .map(
                    (row, context) ->
                        new EventComment(
                            EventRows.uuid(row, "id"),
                            EventRows.uuid(row, "event_id"),
                            EventRows.instant(row, "at"),
                            row.getString("author"),
                            row.getString("text")))
                .list());
  }
}
