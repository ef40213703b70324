package io.roadcast.events.store;

import io.roadcast.events.store.EventChanges.Numbered;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers what was committed and tells it in that order, also what another node committed. One
 * thread.
 */
public final class EventSequencer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventSequencer.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final int BATCH = 500;
  private static final long UNKNOWN = -1;

  private final EventChanges changes;
  private final List<Consumer<List<Numbered>>> listeners = new CopyOnWriteArrayList<>();
  private final LookTimer looks = new LookTimer(LOOK);
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long told = UNKNOWN;

  public EventSequencer(EventChanges changes) {
    this.changes = changes;
    this.thread = Thread.ofPlatform().name("event-sequencer").daemon().unstarted(this::run);
  }

  /** Tells somebody of changes, in order, from the next one on; must not block. */
  public void onChange(Consumer<List<Numbered>> listener) {
    listeners.add(listener);
  }

  public void start() {
    thread.start();
  }

  /** There may be something new. Any thread; never blocks. */
  public void wake() {
    looks.wake();
  }

  /** The highest number that was told; negative before the first look. */
  public long told() {
    return told;
  }

  private void run() {
    while (!stopping) {
      try {
        looks.await();
        if (told == UNKNOWN) {
          told = changes.kept().last();
        }
        tell();
      } catch (InterruptedException e) {
        return;
      } catch (DatabaseUnavailableException away) {
        LOG.debug("[events] not numbered now: {}", away.getMessage());
      } catch (RuntimeException mistake) {
        LOG.error("[events] changes can not be numbered", mistake);
      }
    }
  }

  private void tell() {
    long last;
    do {
      last = changes.number(BATCH);
      while (told < last) {
        long to = Math.min(last, told + BATCH);
        List<Numbered> news = changes.between(told, to);
        looks.found();
        told = to;
        for (Consumer<List<Numbered>> listener : listeners) {
          tell(listener, news);
        }
      }
    } while (changes.waiting() && !stopping);
  }

  private static void tell(Consumer<List<Numbered>> listener, List<Numbered> news) {
    try {
      listener.accept(news);
    } catch (RuntimeException mistake) {
      LOG.error("[events] a listener failed", mistake);
    }
  }

  @Override
  public void close() {
    stopping = true;
    looks.wake();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
