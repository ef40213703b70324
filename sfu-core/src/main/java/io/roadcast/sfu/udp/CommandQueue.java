package io.roadcast.sfu.udp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * What other threads want a worker to do. Putting never blocks and nothing is lost; only frames and
 * datagrams that other workers hand over are limited. Only a sleeping worker is woken.
 */
final class CommandQueue {
  private static final int MAX_QUEUED_DATAGRAMS = 1024;

  private final MpscUnboundedArrayQueue<Runnable> commands = new MpscUnboundedArrayQueue<>(1024);
  private final AtomicInteger queuedFrames = new AtomicInteger();
  private final AtomicInteger queuedDatagrams = new AtomicInteger();
  private final AtomicBoolean sleeping = new AtomicBoolean();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final int maxQueuedFrames;
  private final Runnable wake;
  private volatile boolean closed;

  /**
   * @param wake ends the worker's sleep
   */
  CommandQueue(int maxQueuedFrames, Runnable wake) {
    this.maxQueuedFrames = maxQueuedFrames;
    this.wake = wake;
  }

  /** Any thread. After {@link #close} the command runs on some thread that puts one. */
  void put(Runnable command) {
    commands.add(command);
    if (closed) {
      drainClosed();
    } else if (sleeping.get() && sleeping.compareAndSet(true, false)) {
      wake.run();
    }
  }

  /** Any thread: whether one more frame may be put. The command calls {@link #frameTaken}. */
  boolean admitFrame() {
    if (queuedFrames.incrementAndGet() <= maxQueuedFrames) {
      return true;
    }
    queuedFrames.decrementAndGet();
    return false;
  }

  void frameTaken() {
    queuedFrames.decrementAndGet();
  }

  /** Any thread: a datagram that another worker received; false if too many wait already. */
  boolean putDatagram(Runnable command) {
    if (queuedDatagrams.incrementAndGet() > MAX_QUEUED_DATAGRAMS) {
      queuedDatagrams.decrementAndGet();
      return false;
    }
    put(
        () -> {
          queuedDatagrams.decrementAndGet();
          command.run();
        });
    return true;
  }

  /** The worker is about to sleep: whether it may, there being nothing to do. */
  boolean maySleep() {
    sleeping.set(true);
    if (commands.isEmpty()) {
      return true;
    }
    sleeping.set(false);
    return false;
  }

  void awake() {
    sleeping.set(false);
  }

  /** The worker runs what is there, at most so many. */
  void run(int max) {
    for (int i = 0; i < max && runNext(); i++) {}
  }

  /** The worker runs the next command; false if there is none. */
  boolean runNext() {
    Runnable command = commands.poll();
    if (command != null) {
      command.run();
    }
    return command != null;
  }

  /** The worker's last act: runs the rest; later commands run where they are put. */
  void close() {
    closed = true;
    drainClosed();
  }

  private void drainClosed() {
    while (!commands.isEmpty() && draining.compareAndSet(false, true)) {
      try {
        run(Integer.MAX_VALUE);
      } finally {
        draining.set(false);
      }
    }
  }
}
