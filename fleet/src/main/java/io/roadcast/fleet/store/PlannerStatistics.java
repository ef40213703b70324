package io.roadcast.fleet.store;

import io.roadcast.fleet.database.Database;

/**
 * Has PostgreSQL count its tables while they grow fast. A plan that was made while they were empty,
 * those of foreign keys among them, reads them from end to end for each row until the next count,
 * which by itself comes after a minute or more. May be used on any thread.
 */
final class PlannerStatistics {
  private static final int FIRST_ROWS = 500;
  private static final int GROWTH = 4;

  private final Database database;
  private long written;
  private long next = FIRST_ROWS;

  PlannerStatistics(Database database) {
    this.database = database;
  }

  /** So many vehicles or terminals were written and committed. Blocks at times. */
  void grown(int rows) {
    if (isTime(rows)) {
      database.withHandle(
          handle ->
              handle.execute(
                  "ANALYZE vehicle_group, vehicle, terminal, terminal_identity, channel,"
                      + " installation"));
    }
  }

  private synchronized boolean isTime(int rows) {
    written += rows;
    boolean now = written >= next;
    if (now) {
      next = GROWTH * written;
    }
    return now;
  }
}
