package io.roadcast.recorder.catalog;

import io.roadcast.fleet.database.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Whether recordings may be deleted. After the catalogue was made anew they may not, until somebody
 * has looked at it: holds and policies could be missing. Its methods block.
 */
public final class DeletionSwitch {
  private final Database database;

  /** Nothing is deleted. */
  public record Suspension(Instant since, String reason) {}

  public DeletionSwitch(Database database) {
    this.database = database;
  }

  /** Empty if recordings may be deleted. */
  public Optional<Suspension> suspended() {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT since, reason FROM recording_deletion_suspended")
                .map(
                    (row, context) ->
                        new Suspension(
                            row.getObject("since", OffsetDateTime.class).toInstant(),
                            row.getString("reason")))
                .findOne());
  }

  /** From now on nothing is deleted; what was the reason before stays it. */
  public void suspend(String reason) {
    database.useTransaction(
        handle ->
            handle.execute(
                "INSERT INTO recording_deletion_suspended (reason) VALUES (?)"
                    + " ON CONFLICT DO NOTHING",
                reason));
  }

  /**
   * Somebody has confirmed that the catalogue is right.
   *
   * @return whether deletion was suspended
   */
  public boolean resume() {
    return database.inTransaction(
            handle -> handle.execute("DELETE FROM recording_deletion_suspended"))
        > 0;
  }
}
