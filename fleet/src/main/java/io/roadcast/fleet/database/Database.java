package io.roadcast.fleet.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the tables. It starts in the background and repairs itself: while the database is away
 * every question fails at once with {@link DatabaseUnavailableException}, and when it is back they
 * are answered again. All methods may be called on any thread; questions block, so not on a thread
 * that carries media.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(3);
  private static final int CONNECT_SECONDS = 5;
  private static final int SILENCE_SECONDS = 120;

  private final DatabaseConfig config;
  private final @Nullable EmbeddedPostgres embedded;
  private final List<Runnable> readyListeners = new ArrayList<>();
  private final CountDownLatch firstReady = new CountDownLatch(1);
  private final LongAdder outages = new LongAdder();
  private final Thread keeper;
  private volatile @Nullable HikariDataSource pool;
  private volatile @Nullable Jdbi jdbi;
  private volatile String problem = "is starting";
  private volatile boolean ready;
  private volatile boolean closed;

  /**
   * What the pool does.
   *
   * @param waiting threads that wait for a connection
   * @param outages how often the database went away
   */
  public record Statistics(boolean ready, int active, int idle, int waiting, long outages) {}

  /**
   * Begins to start; returns at once.
   *
   * @throws IOException if the directory of our own server is used by another process
   */
  public static Database start(DatabaseConfig config) throws IOException {
    EmbeddedPostgres embedded =
        config.external() != null
            ? null
            : EmbeddedPostgres.claim(
                config.directory(),
                config.programsDirectory(),
                config.maxConnections(),
                EmbeddedPostgres.Durability.SAFE);
    Database database = new Database(config, embedded);
    database.keeper.start();
    return database;
  }

  private Database(DatabaseConfig config, @Nullable EmbeddedPostgres embedded) {
    this.config = config;
    this.embedded = embedded;
    this.keeper = Thread.ofPlatform().daemon().name("database").unstarted(this::keep);
  }

  /**
   * Runs something in a transaction: committed when it returns, undone when it throws.
   *
   * @throws DatabaseUnavailableException if the database is away; then nothing was committed,
   *     unless the connection was lost during the commit itself
   */
  public <T extends @Nullable Object> T inTransaction(HandleCallback<T, RuntimeException> work) {
    Jdbi open = open();
    try {
      return open.inTransaction(work);
    } catch (JdbiException failure) {
      throw explained(failure);
    }
  }

  /** The same without a result. */
  public void useTransaction(HandleConsumer<RuntimeException> work) {
    this.<@Nullable Void>inTransaction(
        handle -> {
          work.useHandle(handle);
          return null;
        });
  }

  /**
   * Runs something with each statement committed by itself.
   *
   * @throws DatabaseUnavailableException if the database is away
   */
  public <T extends @Nullable Object> T withHandle(HandleCallback<T, RuntimeException> work) {
    Jdbi open = open();
    try {
      return open.withHandle(work);
    } catch (JdbiException failure) {
      throw explained(failure);
    }
  }

  private Jdbi open() {
    Jdbi open = jdbi;
    if (!ready || open == null) {
      throw new DatabaseUnavailableException("the database " + problem);
    }
    return open;
  }

  private RuntimeException explained(JdbiException failure) {
    if (!SqlFailure.isOutage(failure)) {
      return failure;
    }
    LockSupport.unpark(keeper);
    SQLException said = SqlFailure.sql(failure);
    return new DatabaseUnavailableException(
        "the database does not serve: " + lines(said == null ? failure : said), failure);
  }

  /**
   * Tells somebody each time that the database can be asked (again), beginning with the present if
   * it can be now. Called on the database's own thread or on the caller's; must be quick.
   */
  public void onReady(Runnable listener) {
    boolean now;
    synchronized (readyListeners) {
      readyListeners.add(listener);
      now = ready;
    }
    if (now) {
      listener.run();
    }
  }

  /** What is wrong, in words for the operator; empty if nothing is. */
  public Optional<String> problem() {
    return ready ? Optional.empty() : Optional.of(problem);
  }

  /** Waits until it was ready for the first time. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    return firstReady.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  public Statistics statistics() {
    HikariDataSource source = pool;
    HikariPoolMXBean figures = source == null ? null : source.getHikariPoolMXBean();
    return figures == null
        ? new Statistics(ready, 0, 0, 0, outages.sum())
        : new Statistics(
            ready,
            figures.getActiveConnections(),
            figures.getIdleConnections(),
            figures.getThreadsAwaitingConnection(),
            outages.sum());
  }

  /** The life of the database's own thread: come up, watch, come up again. */
  private void keep() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try {
        DatabaseAddress address = startEmbedded();
        try (Probe probe = Probe.open(address)) {
          comeUp(address);
          pause = FIRST_PAUSE;
          watch(probe);
        }
      } catch (IOException | RuntimeException failure) {
        if (closed) {
          return;
        }
        down(failure);
        LockSupport.parkNanos(pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
  }

  private DatabaseAddress startEmbedded() throws IOException {
    DatabaseAddress external = config.external();
    if (external != null) {
      return external;
    }
    EmbeddedPostgres own = Objects.requireNonNull(embedded);
    own.start();
    return own.address();
  }

  private void comeUp(DatabaseAddress address) throws IOException {
    Migrations.run(address);
    // A new pool each time: one that has seen an outage waits before it tries again.
    closePool();
    HikariDataSource source = new HikariDataSource(settings(address));
    pool = source;
    try {
      source.getConnection().close();
    } catch (SQLException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
    jdbi = Jdbi.create(source).registerArgument(new UuidArguments());
    up(address);
  }

  private HikariConfig settings(DatabaseAddress address) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("database");
    settings.setJdbcUrl(address.url());
    settings.setUsername(address.user());
    settings.setPassword(address.password());
    settings.setMaximumPoolSize(config.poolSize());
    settings.setMinimumIdle(Math.min(2, config.poolSize()));
    settings.setConnectionTimeout(CONNECTION_PATIENCE.toMillis());
    settings.setInitializationFailTimeout(-1);
    settings.addDataSourceProperty("ApplicationName", "roadcast");
    settings.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
    settings.addDataSourceProperty("socketTimeout", SILENCE_SECONDS);
    settings.addDataSourceProperty("tcpKeepAlive", true);
    settings.addDataSourceProperty("reWriteBatchedInserts", true);
    return settings;
  }

  /** Returns when we close. */
  private void watch(Probe probe) throws IOException {
    while (!closed) {
      LockSupport.parkNanos(PROBE_INTERVAL.toNanos());
      if (!closed) {
        probe.check();
      }
    }
  }

  private void up(DatabaseAddress address) {
    LOG.info("the database is there: {}", address);
    List<Runnable> toTell;
    synchronized (readyListeners) {
      ready = true;
      toTell = List.copyOf(readyListeners);
    }
    firstReady.countDown();
    for (Runnable listener : toTell) {
      try {
        listener.run();
      } catch (RuntimeException mistake) {
        LOG.error("a listener of the database failed", mistake);
      }
    }
  }

  private void down(Exception failure) {
    String message = lines(failure);
    if (ready) {
      outages.increment();
    }
    if (ready || !message.equals(problem)) {
      LOG.warn("the database is away: {}", message);
      LOG.debug("because", failure);
    }
    problem = message;
    ready = false;
  }

  private static String lines(Exception failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private void closePool() {
    HikariDataSource source = pool;
    if (source != null) {
      source.close();
    }
  }

  /** Ends the connections, and our own server after them. */
  @Override
  public void close() throws IOException {
    closed = true;
    ready = false;
    problem = "is closed";
    LockSupport.unpark(keeper);
    try {
      keeper.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closePool();
    if (embedded != null) {
      embedded.close();
    }
  }
}
