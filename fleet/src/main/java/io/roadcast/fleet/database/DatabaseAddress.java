package io.roadcast.fleet.database;

/**
 * Where a database is and who asks.
 *
 * @param url beginning with "jdbc:postgresql:"
 * @param password never shown
 */
public record DatabaseAddress(String url, String user, String password) {
  private static final String PREFIX = "jdbc:postgresql:";

  public DatabaseAddress {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a database's URL begins with " + PREFIX + "//");
    }
  }

  @Override
  public String toString() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
