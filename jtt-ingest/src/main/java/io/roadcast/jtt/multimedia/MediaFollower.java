package io.roadcast.jtt.multimedia;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.jtt.position.Ownership;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of files that are on disk, as soon as the database can be asked, and then makes
 * room. One thread.
 */
final class MediaFollower {
  private static final Logger LOG = LoggerFactory.getLogger(MediaFollower.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  /** What makes a file the same when a terminal sends it again. */
  private record Key(String terminal, long mediaId, String sha256) {
    static Key of(MediaRecord value) {
      return new Key(value.terminal(), value.mediaId(), value.sha256());
    }
  }

  private final Database database;
  private final MediaTable table;
  private final MediaFiles files;
  private final MediaRoom room;
  private final Ownership ownership;
  private final Map<Key, MediaRecord> waiting = new LinkedHashMap<>();
  private final List<Consumer<MediaRecord>> listeners = new CopyOnWriteArrayList<>();
  private final LongAdder listed = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final Thread thread;
  private long waitingBytes;
  private volatile boolean stopping;

  MediaFollower(
      Database database, MediaTable table, MediaFiles files, MediaRoom room, Ownership ownership) {
    this.database = database;
    this.table = table;
    this.files = files;
    this.room = room;
    this.ownership = ownership;
    this.thread = Thread.ofPlatform().name("multimedia-rows").daemon().unstarted(this::run);
  }

  void start() {
    database.onReady(() -> LockSupport.unpark(thread));
    thread.start();
  }

  void onListed(Consumer<MediaRecord> listener) {
    listeners.add(listener);
  }

  /** Takes a file that is on disk. Any thread. */
  void add(MediaRecord value) {
    synchronized (waiting) {
      if (waiting.putIfAbsent(Key.of(value), value) == null) {
        waitingBytes += value.bytes();
      }
    }
    LockSupport.unpark(thread);
  }

  /** Whether the same file is on disk and waits for its row. */
  boolean waits(MediaRecord value) {
    synchronized (waiting) {
      return waiting.containsKey(Key.of(value));
    }
  }

  private @Nullable MediaRecord first() {
    synchronized (waiting) {
      return waiting.isEmpty() ? null : waiting.values().iterator().next();
    }
  }

  private void done(MediaRecord value) {
    synchronized (waiting) {
      if (waiting.remove(Key.of(value)) != null) {
        waitingBytes -= value.bytes();
      }
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!stopping) {
      MediaRecord next = first();
      if (next == null) {
        LockSupport.parkNanos(IDLE.toNanos());
        continue;
      }
      try {
        list(next);
        pause = FIRST_PAUSE;
      } catch (DatabaseUnavailableException away) {
        LockSupport.parkNanos(pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      } catch (IOException | RuntimeException refused) {
        LOG.error(
            "[multimedia] {} is not listed; it is tried again at the next start",
            next.id(),
            refused);
        done(next);
      }
    }
  }

  private void list(MediaRecord next) throws IOException {
    boolean known = next.owner().terminal() != null;
    MediaRecord row = table.insert(known ? next : next.with(ownership.of(next.terminal())));
    boolean fresh = row.id().equals(next.id());
    if (!fresh) {
      files.deleteFile(next);
    }
    files.deleteNote(next.id());
    done(next);
    if (fresh) {
      listed.increment();
      room.added(row);
      tell(row);
      makeRoom(row.terminal());
    } else {
      repeated.increment();
    }
  }

  private void makeRoom(String terminal) {
    try {
      room.make(terminal);
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[multimedia] room is made with the next file: {}", away.getMessage());
    } catch (IOException | RuntimeException failure) {
      LOG.error("[multimedia] no room could be made for {}", terminal, failure);
    }
  }

  private void tell(MediaRecord row) {
    for (Consumer<MediaRecord> listener : listeners) {
      try {
        listener.accept(row);
      } catch (RuntimeException mistake) {
        LOG.error("[multimedia] a listener failed", mistake);
      }
    }
  }

  int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  long waitingBytes() {
    synchronized (waiting) {
      return waitingBytes;
    }
  }

  long listed() {
    return listed.sum();
  }

  long repeated() {
    return repeated.sum();
  }

  /** Ends after the row that is being written; the others wait for the next start. */
  void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      if (thread.isAlive() && !thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
