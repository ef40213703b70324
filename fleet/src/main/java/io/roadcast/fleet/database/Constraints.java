package io.roadcast.fleet.database;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Which rule of the tables a statement broke. */
public final class Constraints {
  private static final String INTEGRITY_CLASS = "23";

  private Constraints() {}

  /** The name of the violated constraint or unique index; empty if it was another failure. */
  public static Optional<String> violated(Throwable failure) {
    SQLException sql = SqlFailure.sql(failure);
    if (sql instanceof PSQLException postgres
        && String.valueOf(sql.getSQLState()).startsWith(INTEGRITY_CLASS)) {
      ServerErrorMessage message = postgres.getServerErrorMessage();
      return Optional.ofNullable(message == null ? null : message.getConstraint());
    }
    return Optional.empty();
  }
}
