package io.roadcast.fleet.store;

import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which terminals came by and what they said of themselves, a little later and on a
 * thread of its own. Telling it never blocks: what comes too often is counted together, what is too
 * much is dropped and counted.
 */
public final class TerminalObservations implements AutoCloseable {
  /** Terminals that wait to be written down. */
  static final int MAX_WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(TerminalObservations.class);
  private static final Duration FLUSH_INTERVAL = Duration.ofMillis(500);

  /** Who comes all the time is written down this often, unless it says something new. */
  private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);

  private static final Duration PRUNE_INTERVAL = Duration.ofMinutes(1);
  private static final int BATCH = 500;

  private final Database database;
  private final InstantSource clock;
  private final Map<String, Waiting> unknown = new LinkedHashMap<>();
  private final Map<UUID, TerminalFacts> known = new LinkedHashMap<>();
  private final Map<String, Instant> written = new Recent();
  private final Thread writer;
  private Instant pruned = Instant.MIN;
  private long dropped;
  private volatile boolean closed;

  private record Waiting(Sighting sighting, long times) {
    Waiting and(Sighting newer) {
      return new Waiting(sighting.updatedBy(newer), times + 1);
    }
  }

  /** When a number was last written down; forgets who came longest ago. */
  private static final class Recent extends LinkedHashMap<String, Instant> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > MAX_WAITING;
    }
  }

  TerminalObservations(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.writer = Thread.ofPlatform().daemon().name("fleet-observations").start(this::write);
  }

  /** A terminal that nobody knows came by. */
  public void seen(Sighting sighting) {
    synchronized (this) {
      Waiting waiting = unknown.get(sighting.digits());
      if (waiting == null && unknown.size() >= MAX_WAITING) {
        dropped++;
        return;
      }
      unknown.put(
          sighting.digits(), waiting == null ? new Waiting(sighting, 1) : waiting.and(sighting));
    }
  }

  /** A known terminal registered or authenticated, and said this. */
  public void said(UUID terminal, TerminalFacts facts) {
    synchronized (this) {
      TerminalFacts waiting = known.get(terminal);
      if (waiting == null && known.size() >= MAX_WAITING) {
        dropped++;
        return;
      }
      known.put(terminal, waiting == null ? facts : waiting.updatedBy(facts));
    }
  }

  /** How many sightings were not written down because there were too many. */
  public synchronized long dropped() {
    return dropped;
  }

  private void write() {
    while (!closed) {
      LockSupport.parkNanos(FLUSH_INTERVAL.toNanos());
      try {
        if (database.problem().isEmpty()) {
          flush();
          prune();
        }
      } catch (DatabaseUnavailableException away) {
        LOG.debug("observations wait for the database");
      } catch (RuntimeException mistake) {
        LOG.error("observations of terminals were lost", mistake);
      }
    }
  }

  /** Only what was written is taken from those that wait. */
  private void flush() {
    Map<UUID, TerminalFacts> facts;
    List<Waiting> sightings;
    synchronized (this) {
      facts = firstOf(known);
      sightings = due();
    }
    if (facts.isEmpty() && sightings.isEmpty()) {
      return;
    }
    note(facts, sightings);
    Instant now = clock.instant();
    synchronized (this) {
      facts.forEach((terminal, said) -> known.remove(terminal, said));
      for (Waiting each : sightings) {
        unknown.remove(each.sighting.digits(), each);
        written.put(each.sighting.digits(), now);
      }
    }
  }

  /** One that the tables do not take is lost, and keeps none of the others from being written. */
  private void note(Map<UUID, TerminalFacts> facts, List<Waiting> sightings) {
    try {
      database.useTransaction(
          handle -> {
            facts.forEach((terminal, said) -> Terminals.note(handle, terminal, said));
            sightings.forEach(each -> UnknownTerminals.note(handle, each.sighting, each.times));
          });
    } catch (JdbiException mistake) {
      if (facts.size() + sightings.size() == 1) {
        LOG.error("an observation of a terminal is lost", mistake);
        return;
      }
      facts.forEach((terminal, said) -> note(Map.of(terminal, said), List.of()));
      sightings.forEach(each -> note(Map.of(), List.of(each)));
    }
  }

  private static <K, V> Map<K, V> firstOf(Map<K, V> all) {
    Map<K, V> first = new HashMap<>();
    for (Map.Entry<K, V> entry : all.entrySet()) {
      if (first.size() == BATCH) {
        break;
      }
      first.put(entry.getKey(), entry.getValue());
    }
    return first;
  }

  private List<Waiting> due() {
    Instant now = clock.instant();
    List<Waiting> due = new ArrayList<>();
    for (Waiting waiting : unknown.values()) {
      Instant last = written.get(waiting.sighting.digits());
      boolean news = !waiting.sighting.facts().equals(TerminalFacts.none());
      if (last == null || news || now.isAfter(last.plus(REPEAT_INTERVAL))) {
        due.add(waiting);
      }
      if (due.size() == BATCH) {
        break;
      }
    }
    return due;
  }

  private void prune() {
    Instant now = clock.instant();
    if (pruned.equals(Instant.MIN) || now.isAfter(pruned.plus(PRUNE_INTERVAL))) {
      pruned = now;
      database.useTransaction(UnknownTerminals::prune);
    }
  }

  /** Writes what waits, if the database is there. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    try {
      writer.join(Duration.ofSeconds(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      flush();
    } catch (RuntimeException away) {
      LOG.debug("observations of the last moment were not written", away);
    }
  }
}
