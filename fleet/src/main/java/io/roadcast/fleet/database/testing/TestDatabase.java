package io.roadcast.fleet.database.testing;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An empty database with all tables, in some hundredths of a second:
 *
 * <pre>{@code
 * private final TestDatabase database = TestDatabase.create();
 *
 * @AfterEach void close() { database.close(); }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int POOL_SIZE = 8;

  private final String name;
  private final DatabaseAddress address;
  private @Nullable Database database;

  /** One for all tests of this process that need a database and do not care what is in it. */
  private static final class Anybodys {
    static final DatabaseAddress ADDRESS = create().address();
  }

  private TestDatabase(String name, DatabaseAddress address) {
    this.name = name;
    this.address = address;
  }

  public static TestDatabase create() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    return new TestDatabase(name, SharedPostgres.instance().copyOfTemplate(name));
  }

  /** Of a database that other tests of this process use too. */
  public static DatabaseAddress sharedAddress() {
    return Anybodys.ADDRESS;
  }

  /** Where PostgreSQL's programs lie for the tests of all runs, so that they are unpacked once. */
  public static Path programsDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"))
        .resolve("roadcast-postgres-" + System.getProperty("user.name"));
  }

  /** For a server under test that opens the database by itself. */
  public DatabaseAddress address() {
    return address;
  }

  /** Opened, and ready, when first asked for. */
  public synchronized Database database() {
    Database open = database;
    if (open == null) {
      open = open(address);
      database = open;
    }
    return open;
  }

  private static Database open(DatabaseAddress address) {
    try {
      Database database = Database.start(DatabaseConfig.external(address, POOL_SIZE));
      if (!database.awaitReady(PATIENCE)) {
        throw new AssertionError("no database: " + database.problem().orElse(""));
      }
      return database;
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  /** From now on nobody gets a connection, and those that are open break: an outage. */
  public void cutOff() {
    SharedPostgres.instance().cutOff(name);
  }

  /** Ends the outage. */
  public void restore() {
    SharedPostgres.instance().restore(name);
  }

  @Override
  public synchronized void close() {
    try {
      if (database != null) {
        database.close();
      }
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } finally {
      SharedPostgres.instance().drop(name);
    }
  }
}
