package io.roadcast.server;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.journal.JournalFollower;
import io.roadcast.jtt.position.LastPositions;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.PositionTables;
import io.roadcast.jtt.position.PositionWriter;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries positions from the journal to the tables, and old ones out of them. */
final class PositionParts {
  private static final Logger LOG = LoggerFactory.getLogger(PositionParts.class);
  private static final int BATCH = 2000;

  /** Older last positions of terminals are read from the table when they are asked for. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private final PositionTables tables;
  private final JournalFollower follower;

  PositionParts(
      ServerConfig config,
      Parts parts,
      Health health,
      Database database,
      Journal journal,
      LastPositions last,
      Ownership ownership) {
    tables = new PositionTables(database, InstantSource.system());
    follower =
        parts.add(
            "positions",
            new JournalFollower(
                journal, database, "positions", new PositionWriter(ownership), BATCH));
    follower.start();
    health.checkHelpful("positions", follower::problem);
    database.onReady(() -> Thread.ofVirtual().name("last-positions").start(() -> load(last)));
    ScheduledExecutorService retention =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("track-retention").daemon().factory());
    parts.add("track-retention", retention::shutdownNow);
    Duration kept = config.jt808().trackRetention();
    var unused = retention.scheduleWithFixedDelay(() -> drop(kept), 1, 60, TimeUnit.MINUTES);
  }

  private void load(LastPositions last) {
    try {
      tables.lastOfAll(Instant.now().minus(REMEMBERED)).forEach(last::offer);
    } catch (RuntimeException away) { // also when the server ends meanwhile
      LOG.debug("[positions] the last ones were not read: {}", away.getMessage());
    }
  }

  private void drop(Duration kept) {
    try {
      int days = tables.dropOlderThan(kept);
      if (days > 0) {
        LOG.info("[positions] {} old days of tracks dropped", days);
      }
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[positions] old ones stay for now: {}", away.getMessage());
    } catch (RuntimeException mistake) {
      LOG.error("[positions] old ones could not be dropped", mistake);
    }
  }

  PositionTables tables() {
    return tables;
  }

  JournalFollower follower() {
    return follower;
  }
}
