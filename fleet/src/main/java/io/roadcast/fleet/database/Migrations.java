package io.roadcast.fleet.database;

import org.flywaydb.core.Flyway;

/** Brings the tables to the form that this program expects. */
final class Migrations {
  private Migrations() {}

  /** Does nothing if it was done before. */
  static void run(DatabaseAddress address) {
    Flyway.configure()
        .dataSource(address.url(), address.user(), address.password())
        .locations("classpath:db/migration")
        // Modules add theirs independently; one that comes later may have an earlier stamp.
        .outOfOrder(true)
        .validateMigrationNaming(true)
        .connectRetries(0)
        .load()
        .migrate();
  }
}
