package io.roadcast.e2e;

import io.roadcast.bench.terminal.PositionLoad;
import io.roadcast.fleet.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** What a {@link PositionLoad} reported, as it stands in the tables, seen past the server. */
final class StoredPositions {
  private StoredPositions() {}

  /** How often each position of each terminal is stored, by "terminal number". */
  static Map<String, Integer> read(DatabaseAddress address) throws SQLException {
    return read(address, "SELECT terminal, altitude_m FROM track");
  }

  /** How often each alarm of each terminal is stored as an event, by "terminal number". */
  static Map<String, Integer> events(DatabaseAddress address) throws SQLException {
    return read(address, "SELECT terminal, altitude_m FROM safety_event WHERE kind = 'dsm'");
  }

  private static Map<String, Integer> read(DatabaseAddress address, String query)
      throws SQLException {
    Map<String, Integer> found = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.merge(rows.getString(1) + " " + rows.getInt(2), 1, Integer::sum);
      }
    }
    return found;
  }

  /** What should be there: each that was acknowledged, once. */
  static Map<String, Integer> acknowledged(PositionLoad load) {
    Map<String, Integer> wanted = new TreeMap<>();
    for (int i = 0; i < load.count(); i++) {
      String digits = load.digits(i);
      load.acknowledged(i).stream().forEach(number -> wanted.put(digits + " " + number, 1));
    }
    return wanted;
  }
}
