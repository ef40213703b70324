package io.roadcast.events.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * When a thread looks for work in the database: at once when somebody wakes it, otherwise now and
 * then, since another node may have left some or a time may have come; more and more rarely while
 * there is none.
 */
public final class LookTimer {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Duration shortest;
  private final Semaphore wakes = new Semaphore(0);
  private Duration pause;

  /**
   * @param shortest pause between two looks that nobody asked for; the longest is two seconds
   */
  public LookTimer(Duration shortest) {
    this.shortest = shortest;
    this.pause = shortest;
  }

  /** There may be something. Any thread; never blocks. */
  public void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  /** Waits until it is time to look. Only the thread that looks. */
  public void await() throws InterruptedException {
    if (wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      wakes.drainPermits();
      pause = shortest;
    } else {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
  }

  /** How long the next {@link #await} takes if nobody wakes. Only the thread that looks. */
  Duration pause() {
    return pause;
  }

  /** There was something, so more may follow soon. Only the thread that looks. */
  public void found() {
    pause = shortest;
  }
}
