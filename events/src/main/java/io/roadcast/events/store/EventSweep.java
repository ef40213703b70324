package io.roadcast.events.store;

import io.roadcast.fleet.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Ends what lasts too long, and forgets what is old. */
public final class EventSweep {
  private static final int BATCH = 1000;

  private final Database database;
  private final EventChanges changes;
  private final Runnable committed;

  /**
   * @param committed told when there is something new; must not block
   */
  public EventSweep(Database database, EventChanges changes, Runnable committed) {
    this.database = database;
    this.changes = changes;
    this.committed = committed;
  }

  /** Ends events whose end nobody reported; how many. */
  public int expire(Instant now) {
    int count =
        database.inTransaction(
            handle -> {
              List<UUID> ended =
                  handle
                      .createQuery(
                          "UPDATE safety_event SET ended_at = expires_at, end_reason = :reason,"
                              + " updated_at = :now WHERE id IN (SELECT id FROM safety_event"
                              + " WHERE ended_at IS NULL AND expires_at <= :now LIMIT :limit"
                              + " FOR UPDATE SKIP LOCKED) RETURNING id")
                      .bind("reason", FoldedEvents.TIMEOUT)
                      .bind("now", EventRows.time(now))
                      .bind("limit", BATCH)
                      .mapTo(UUID.class)
                      .list();
              EventChanges.add(handle, EventChange.ENDED, ended);
              return ended.size();
            });
    if (count > 0) {
      committed.run();
    }
    return count;
  }

  /**
   * Forgets what became of events longer ago, and which reports had come; events themselves stay.
   */
  public void forget(Instant now, Duration numbersKept, Duration reportsKept) {
    changes.forgetBefore(now.minus(numbersKept));
    database.useTransaction(
        handle ->
            handle
                .createUpdate("DELETE FROM event_report WHERE received_at < :time")
                .bind("time", EventRows.time(now.minus(reportsKept)))
                .execute());
  }
}
