package io.roadcast.jtt.live;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers on one thread for all channels; what is started does no more than to put an event into a
 * queue.
 */
final class LiveTimers implements Timers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTimers.class);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("live-timers").factory());

  LiveTimers() {
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Runnable start(Duration after, Runnable task) {
    if (thread.isShutdown()) {
      return () -> {};
    }
    ScheduledFuture<?> running = thread.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
    return () -> running.cancel(false);
  }

  /** Runs a task again and again, also when it has failed. */
  void every(Duration interval, Runnable task) {
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (RuntimeException mistake) {
            LOG.error("what is done again and again failed this time", mistake);
          }
        },
        interval.toNanos(),
        interval.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** How many have neither run nor been cancelled. */
  int running() {
    return thread.getQueue().size();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
