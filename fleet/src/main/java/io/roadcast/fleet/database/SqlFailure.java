package io.roadcast.fleet.database;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failure of the database means, by its SQLSTATE. */
final class SqlFailure {
  /**
   * The first two characters of what says nothing about the statement: connection, undone for
   * others' sake, resources (a full disk among them), the operator, the system, an error of its
   * own.
   */
  private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58", "XX");

  private static final String READ_ONLY = "25006";

  private SqlFailure() {}

  /** Whether the same may succeed later, when the database is there again. */
  static boolean isOutage(Throwable failure) {
    SQLException sql = sql(failure);
    if (sql == null) {
      return false;
    }
    String state = sql.getSQLState();
    return sql instanceof SQLTransientConnectionException
        || (state != null
            && state.length() == 5
            && (CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY)));
  }

  static @Nullable SQLException sql(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        // One of many statements that went together says more than their batch.
        return sql instanceof BatchUpdateException && sql.getNextException() != null
            ? sql.getNextException()
            : sql;
      }
    }
    return null;
  }
}
