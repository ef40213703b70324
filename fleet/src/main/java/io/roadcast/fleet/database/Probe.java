package io.roadcast.fleet.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Asks whether the database answers, on a connection of its own: a pool with nothing to give away
 * is no outage.
 */
final class Probe implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 3;

  private final Connection connection;

  private Probe(Connection connection) {
    this.connection = connection;
  }

  static Probe open(DatabaseAddress address) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("connectTimeout", Integer.toString(PATIENCE_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(2 * PATIENCE_SECONDS));
    properties.setProperty("ApplicationName", "roadcast-probe");
    try {
      return new Probe(DriverManager.getConnection(address.url(), properties));
    } catch (SQLException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  /**
   * @throws IOException if it does not answer
   */
  void check() throws IOException {
    try {
      if (!connection.isValid(PATIENCE_SECONDS)) {
        throw new IOException("it does not answer any more");
      }
    } catch (SQLException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }
}
