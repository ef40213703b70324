package io.roadcast.signaling.auth;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to who shows a wrong credential: the log learns the cause (one line a second at
 * most), the client waits a moment and learns nothing.
 */
public final class FailedAuthentications {
  private static final Logger LOG = LoggerFactory.getLogger(FailedAuthentications.class);
  private static final long LOG_INTERVAL_NANOS = 1_000_000_000L;

  private final Duration longestDelay;
  private final Semaphore waiting;
  private final LongAdder count = new LongAdder();
  private final AtomicLong untold = new AtomicLong();
  private final AtomicLong lastLineNanos = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);

  /**
   * @param longestDelay a client waits between half of this and this
   * @param maxWaiting how many may be kept waiting at once
   */
  public FailedAuthentications(Duration longestDelay, int maxWaiting) {
    this.longestDelay = longestDelay;
    this.waiting = new Semaphore(maxWaiting);
  }

  /**
   * Counts, logs, and holds the calling (virtual) thread for a moment.
   *
   * @return false if too many are waiting already: the caller is to be told to come back later
   */
  public boolean punish(String address, BadCredentialException failure) {
    count.increment();
    log(address, failure);
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      long longest = longestDelay.toNanos();
      Thread.sleep(
          Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.release();
    }
    return true;
  }

  public long count() {
    return count.sum();
  }

  private void log(String address, BadCredentialException failure) {
    long now = System.nanoTime();
    long last = lastLineNanos.get();
    if (now - last < LOG_INTERVAL_NANOS || !lastLineNanos.compareAndSet(last, now)) {
      untold.incrementAndGet();
      return;
    }
    long more = untold.getAndSet(0);
    LOG.warn(
        "authentication of {} failed: {}{}",
        address,
        failure.getMessage(),
        more == 0 ? "" : " (and " + more + " more)");
  }
}
