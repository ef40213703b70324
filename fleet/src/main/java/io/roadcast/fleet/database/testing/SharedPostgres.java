package io.roadcast.fleet.database.testing;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.DatabaseConfig;
import io.roadcast.fleet.database.EmbeddedPostgres;
import io.roadcast.fleet.database.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The one server of this process: without durability, in a directory that is thrown away. */
final class SharedPostgres {
  private static final int MAX_CONNECTIONS = 200;
  private static final String TEMPLATE = "template_with_tables";
  private static final String PREFIX = "roadcast-test-postgres-";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final EmbeddedPostgres postgres;

  /** Made when first asked for. */
  private static final class Holder {
    static final SharedPostgres INSTANCE = start();
  }

  private SharedPostgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static SharedPostgres instance() {
    return Holder.INSTANCE;
  }

  private static SharedPostgres start() {
    try {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      Path programs = TestDatabase.programsDirectory();
      removeLeftOvers(temporary, programs);
      Path directory = Files.createTempDirectory(PREFIX);
      EmbeddedPostgres postgres = claim(directory, programs);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(postgres, directory)));
      postgres.start();
      SharedPostgres shared = new SharedPostgres(postgres);
      shared.makeTemplate();
      return shared;
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no PostgreSQL for the tests", failure);
    }
  }

  private static EmbeddedPostgres claim(Path directory, Path programs) throws IOException {
    return EmbeddedPostgres.claim(
        directory, programs, MAX_CONNECTIONS, EmbeddedPostgres.Durability.NONE);
  }

  /** Test runs that were killed leave a server behind; one that still lives holds its lock. */
  private static void removeLeftOvers(Path temporary, Path programs) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(temporary)) {
      found = files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path directory : found) {
      if (Files.exists(directory.resolve("lock"))) {
        try {
          claim(directory, programs).close();
          FileTree.delete(directory);
        } catch (IOException inUse) {
          // It belongs to tests that run at this moment.
        }
      }
    }
  }

  private static void end(EmbeddedPostgres postgres, Path directory) {
    try {
      postgres.close();
      FileTree.delete(directory);
    } catch (IOException left) {
      // The next run removes it.
    }
  }

  private void makeTemplate() throws IOException, InterruptedException {
    execute("CREATE DATABASE " + TEMPLATE);
    DatabaseConfig config = DatabaseConfig.external(postgres.address(TEMPLATE), 1);
    try (Database database = Database.start(config)) {
      if (!database.awaitReady(PATIENCE)) {
        throw new AssertionError("no tables for the tests: " + database.problem().orElse(""));
      }
    }
  }

  /** Templates can be copied only while nobody uses them, and so one after the other. */
  synchronized DatabaseAddress copyOfTemplate(String name) {
    execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    try {
      return postgres.address(name);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  void cutOff(String name) {
    execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  void restore(String name) {
    execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }

  void drop(String name) {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private void execute(String sql) {
    try {
      DatabaseAddress address = postgres.address();
      try (Connection connection =
              DriverManager.getConnection(address.url(), address.user(), address.password());
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    } catch (IOException | SQLException failure) {
      throw new AssertionError(sql, failure);
    }
  }
}
