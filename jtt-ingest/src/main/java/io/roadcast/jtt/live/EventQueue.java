package io.roadcast.jtt.live;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in the order of putting, on an executor's threads. */
final class EventQueue {
  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Executor executor;
  private final Runnable whenEmpty;

  /**
   * @param whenEmpty runs whenever the last task was done, possibly at the same time as the next
   *     one
   */
  EventQueue(Executor executor, Runnable whenEmpty) {
    this.executor = executor;
    this.whenEmpty = whenEmpty;
  }

  /** Never blocks. When the executor takes nothing any more, nothing is done any more. */
  void execute(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException stopping) {
        LOG.debug("the server stops: an event of a channel is left");
      }
    }
  }

  boolean isEmpty() {
    return pending.get() == 0;
  }

  private void drain() {
    do {
      Runnable task = tasks.remove();
      try {
        task.run();
      } catch (RuntimeException mistake) {
        LOG.error("an event of a channel led to a mistake", mistake);
      }
    } while (pending.decrementAndGet() != 0);
    whenEmpty.run();
  }
}
