package io.roadcast.fleet.store;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Terminals that an open door let in and that wait for their {@link Enrolment}, many at once, on a
 * thread of its own. Adding one never blocks; while the database is away they wait, and what is too
 * much is dropped and counted, to come again with its next registration.
 */
public final class Newcomers implements AutoCloseable {
  /** Terminals that wait. */
  static final int MAX_WAITING = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(Newcomers.class);
  private static final int AT_ONCE = 500;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

  private final Enrolment enrolment;
  private final Map<String, Sighting> waiting = new LinkedHashMap<>();
  private final Thread thread;
  private long dropped;
  private boolean closed;

  Newcomers(Enrolment enrolment) {
    this.enrolment = enrolment;
    this.thread = Thread.ofPlatform().daemon().name("fleet-newcomers").start(this::run);
  }

  /** What it said before and waits is kept. */
  public synchronized void add(Sighting sighting) {
    if (waiting.size() >= MAX_WAITING && !waiting.containsKey(sighting.digits())) {
      dropped++;
      return;
    }
    waiting.merge(sighting.digits(), sighting, Sighting::updatedBy);
    notifyAll();
  }

  /** How many came when too many waited. */
  public synchronized long dropped() {
    return dropped;
  }

  private void run() {
    try {
      for (List<Sighting> some = take(); !some.isEmpty(); some = take()) {
        enrol(some);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enrol(List<Sighting> some) throws InterruptedException {
    try {
      enrolment.enrol(some);
    } catch (DatabaseUnavailableException away) {
      giveBack(some);
    } catch (RuntimeException mistake) {
      LOG.error("{} terminals were not enrolled", some.size(), mistake);
    }
  }

  /** Waits for some; there are none only at the end. */
  private synchronized List<Sighting> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    List<Sighting> some = new ArrayList<>();
    Iterator<Sighting> all = waiting.values().iterator();
    while (all.hasNext() && some.size() < AT_ONCE && !closed) {
      some.add(all.next());
      all.remove();
    }
    return some;
  }

  /** They are tried again after a pause, with what they said meanwhile. */
  private synchronized void giveBack(List<Sighting> some) throws InterruptedException {
    some.forEach(
        each -> waiting.merge(each.digits(), each, (newer, older) -> older.updatedBy(newer)));
    long end = System.nanoTime() + PAUSE.toNanos();
    for (long left = PAUSE.toMillis(); left > 0 && !closed; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
