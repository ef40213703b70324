package io.roadcast.jtt.journal;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the records of a journal into the database, each exactly once: how far it has come stands
 * in the database too and moves in the same transaction. While the database is away it waits; the
 * journal keeps what comes meanwhile. One thread.
 */
public final class JournalFollower implements AutoCloseable {
  /** Where records go. */
  @FunctionalInterface
  public interface Target {
    /** Writes records in a transaction that the follower ends. */
    void write(Handle handle, List<JournalRecord> records);

    /** What was written before is committed. */
    default void committed() {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(JournalFollower.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Journal journal;
  private final Database database;
  private final String name;
  private final Target target;
  private final int batch;
  private final Thread thread;
  private final LongAdder written = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile @Nullable String problem;
  private volatile boolean waiting;
  private volatile boolean stopping;

  /**
   * @param name tells followers of one journal apart
   * @param batch most records of one transaction
   */
  public JournalFollower(
      Journal journal, Database database, String name, Target target, int batch) {
    this.journal = journal;
    this.database = database;
    this.name = name;
    this.target = target;
    this.batch = batch;
    journal.expect(name);
    this.thread = Thread.ofPlatform().name("journal-" + name).daemon().unstarted(this::run);
  }

  public void start() {
    database.onReady(() -> LockSupport.unpark(thread));
    thread.start();
  }

  /** Records that are in the database. */
  public long written() {
    return written.sum();
  }

  /** Records that the database refused and that were left out. */
  public long rejected() {
    return rejected.sum();
  }

  /** Whether it waits for a database that is away. */
  public boolean waiting() {
    return waiting;
  }

  /** What is wrong besides a database that is away, in words for the operator. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    int most = batch;
    while (!stopping) {
      try {
        follow(most);
        pause = FIRST_PAUSE;
        most = batch;
      } catch (InterruptedException e) {
        return;
      } catch (Rejected refused) {
        most = 1; // to find the record that the database does not take
      } catch (DatabaseUnavailableException away) {
        waiting = true;
        // One that is away says so for itself.
        problem = database.problem().isPresent() ? null : away.getMessage();
        LockSupport.parkNanos(pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      } catch (IOException | RuntimeException mistake) {
        LOG.error("[journal] {} can not be followed", name, mistake);
        problem = "the journal can not be followed: " + mistake;
        LockSupport.parkNanos(LONGEST_PAUSE.toNanos());
      }
    }
  }

  /** The database did not take a batch, and it is not away. */
  private static final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    Rejected(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Follows from where the database says; ends when it was asked to, or with what went wrong.
   *
   * @param most of one transaction; when it is 1, only one is written
   */
  private void follow(int most) throws InterruptedException, IOException, Rejected {
    long position = cursor();
    journal.followed(name, position);
    try (JournalReader reader = journal.reader(position)) {
      problem = null;
      waiting = false;
      while (!stopping) {
        if (!journal.awaitBeyond(position, LOOK)) {
          continue;
        }
        List<JournalRecord> records = reader.next(most);
        if (records.isEmpty()) {
          LockSupport.parkNanos(LOOK.toNanos());
          position = reader.position();
          continue;
        }
        write(records, position, reader.position());
        position = reader.position();
        journal.followed(name, position);
        if (most == 1) {
          return;
        }
      }
    }
  }

  private void write(List<JournalRecord> records, long from, long to) throws Rejected {
    try {
      database.useTransaction(
          handle -> {
            target.write(handle, records);
            move(handle, to);
          });
      written.add(records.size());
      target.committed();
    } catch (DatabaseUnavailableException away) {
      throw away;
    } catch (RuntimeException refused) {
      if (records.size() > 1) {
        throw new Rejected(refused);
      }
      LOG.error("[journal] a record at {} is left out: the database refuses it", from, refused);
      rejected.increment();
      database.useTransaction(handle -> move(handle, to));
    }
  }

  private void move(Handle handle, long to) {
    handle
        .createUpdate(
            "INSERT INTO journal_cursor (journal, follower, position) VALUES (?, ?, ?)"
                + " ON CONFLICT (journal, follower)"
                + " DO UPDATE SET position = excluded.position, updated_at = now()")
        .bind(0, journal.id())
        .bind(1, name)
        .bind(2, to)
        .execute();
  }

  private long cursor() {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT position FROM journal_cursor WHERE journal = ? AND follower = ?")
                .bind(0, journal.id())
                .bind(1, name)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  /** Ends after the batch that is being written. */
  @Override
  public void close() {
    stopping = true;
    try {
      if (thread.isAlive() && !thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
