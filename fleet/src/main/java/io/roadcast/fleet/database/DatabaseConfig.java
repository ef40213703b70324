package io.roadcast.fleet.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param external an operator's database; null: run one in {@code directory}
 * @param directory for the data, password and log of our own server
 * @param programsDirectory where its programs are unpacked to
 * @param poolSize connections at once
 */
public record DatabaseConfig(
    @Nullable DatabaseAddress external, Path directory, Path programsDirectory, int poolSize) {
  /** For the prober, migrations and an operator who looks at the data. */
  private static final int OTHER_CONNECTIONS = 10;

  public DatabaseConfig {
    if (poolSize < 1) {
      throw new IllegalArgumentException("a pool has at least one connection");
    }
  }

  public static DatabaseConfig external(DatabaseAddress address, int poolSize) {
    return new DatabaseConfig(address, Path.of(""), Path.of(""), poolSize);
  }

  public static DatabaseConfig embedded(Path directory, Path programsDirectory, int poolSize) {
    return new DatabaseConfig(null, directory, programsDirectory, poolSize);
  }

  int maxConnections() {
    return poolSize + OTHER_CONNECTIONS;
  }
}
