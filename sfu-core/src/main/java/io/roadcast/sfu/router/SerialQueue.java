package io.roadcast.sfu.router;

import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * Runs what is put into it one after the other, in the order of putting, on whichever thread found
 * it idle; the others leave their task behind and go on. So a stream needs neither a thread of its
 * own nor a lock, and the thread that feeds it nearly always finds it idle.
 */
final class SerialQueue {
  private final MpscUnboundedArrayQueue<Runnable> tasks = new MpscUnboundedArrayQueue<>(64);
  private final AtomicInteger pending = new AtomicInteger();

  /** Tasks must neither block nor throw. */
  void execute(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() != 0) {
      return;
    }
    int done = 1;
    do {
      for (int i = 0; i < done; i++) {
        Runnable next = tasks.poll();
        if (next == null) {
          throw new IllegalStateException("a task was counted but not queued");
        }
        next.run();
      }
      done = pending.addAndGet(-done);
    } while (done != 0);
  }
}
