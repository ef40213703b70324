package io.roadcast.fleet.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failure of the database means, by its SQLSTATE. */
final class SqlFailure {
  private static final String CONNECTION_CLASS = "08";

  /** Shutting down, crashed, starting, terminated by an administrator, too many connections. */
  private static final Set<String> NOT_NOW =
      Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25006");

  private SqlFailure() {}

  /** Whether the same may succeed later, when the database is there again. */
  static boolean isOutage(Throwable failure) {
    SQLException sql = sql(failure);
    if (sql == null) {
      return false;
    }
    String state = sql.getSQLState();
    return sql instanceof SQLTransientConnectionException
        || (state != null && (state.startsWith(CONNECTION_CLASS) || NOT_NOW.contains(state)));
  }

  static @Nullable SQLException sql(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
