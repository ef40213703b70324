package io.roadcast.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a terminal, kept up by a virtual thread of its own: it connects, sends what it
 * is offered, and comes back with growing pauses when the server is away. Offering never blocks:
 * what does not fit is dropped, up to the next keyframe.
 */
final class Uplink implements AutoCloseable {
  /** Makes the packets of a fresh connection. */
  interface WriterFactory {
    PacketWriter on(PacketPath path, Transport transport);
  }

  private static final Logger log = LoggerFactory.getLogger(Uplink.class);
  private static final int QUEUED_ITEMS = 1024;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 8_000;

  /** What happens when the connection has ended. */
  enum AfterEnd {
    COME_BACK,
    STAY_AWAY
  }

  private record Queued(Item item, int channel) {}

  private final Destination server;
  private final AfterEnd afterEnd;
  private final String terminal;
  private final UplinkCounters counters;
  private final WriterFactory writers;
  private final ArrayBlockingQueue<Queued> queue = new ArrayBlockingQueue<>(QUEUED_ITEMS);
  private final CountDownLatch firstAttempt = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wantedChanged = lock.newCondition();
  private final BitSet withoutKeyframe = new BitSet();
  private boolean wanted = true;
  private boolean closed;
  private @Nullable PacketPath path;
  private final Thread thread;
  private volatile Runnable whenConnected = () -> {};

  Uplink(
      Destination server,
      String terminal,
      AfterEnd afterEnd,
      UplinkCounters counters,
      WriterFactory writers) {
    this.server = server;
    this.terminal = terminal;
    this.afterEnd = afterEnd;
    this.counters = counters;
    this.writers = writers;
    thread = Thread.ofVirtual().name("uplink-" + terminal).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * @param listener called by the connection's thread each time it is up
   */
  void start(Runnable listener) {
    whenConnected = listener;
    start();
  }

  String terminal() {
    return terminal;
  }

  /** Waits until the first attempt to connect succeeded or failed, at most so long. */
  void awaitFirstAttempt(Duration limit) throws InterruptedException {
    firstAttempt.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Hands over something to send on a channel; drops it when it does not fit. Any thread. */
  void offer(Item item, int channel) {
    lock.lock();
    try {
      if (path == null) {
        return;
      }
      if (!item.isSound()) {
        if (item.startsDecoding()) {
          withoutKeyframe.clear(channel);
        } else if (withoutKeyframe.get(channel)) {
          return;
        }
      }
      if (!queue.offer(new Queued(item, channel))) {
        counters.dropped.increment();
        if (!item.isSound()) {
          withoutKeyframe.set(channel);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether it went away for good. */
  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Sends nothing of a channel's pictures until the next keyframe. */
  void awaitKeyframe(int channel) {
    lock.lock();
    try {
      withoutKeyframe.set(channel);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection and stays away until {@link #reconnect}. */
  void disconnect() {
    want(false);
  }

  void reconnect() {
    want(true);
  }

  private void want(boolean connection) {
    lock.lock();
    try {
      wanted = connection;
      wantedChanged.signalAll();
      if (!connection) {
        closePath();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (awaitWanted()) {
      try {
        long connectsBefore = counters.connects.sum();
        serve();
        pause = counters.connects.sum() > connectsBefore ? FIRST_PAUSE_MILLIS : pause;
      } catch (IOException away) {
        log.debug("{}: {}", terminal, away.toString());
      } catch (InterruptedException ended) {
        return;
      } finally {
        firstAttempt.countDown();
      }
      if (afterEnd == AfterEnd.STAY_AWAY) {
        return;
      }
      pauseFor(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /** Connects and sends until the connection ends. */
  private void serve() throws IOException, InterruptedException {
    try (PacketPath opened =
        PacketPath.open(server.host(), server.port(), server.transport(), CONNECT_LIMIT)) {
      if (!adopt(opened)) {
        return;
      }
      Thread reader = Thread.ofVirtual().start(() -> closeAtEnd(opened));
      counters.connects.increment();
      counters.connected.increment();
      whenConnected.run();
      firstAttempt.countDown();
      try {
        PacketWriter writer = writers.on(opened, server.transport());
        while (true) {
          Queued next = queue.poll(250, TimeUnit.MILLISECONDS);
          if (next != null) {
            writer.send(next.item(), next.channel());
          } else if (!isOpen(opened)) {
            return;
          }
        }
      } finally {
        counters.connected.decrement();
        abandon();
        reader.interrupt();
      }
    }
  }

  private boolean adopt(PacketPath opened) {
    lock.lock();
    try {
      if (!wanted || closed) {
        return false;
      }
      path = opened;
      queue.clear();
      withoutKeyframe.set(0, 256);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void abandon() {
    lock.lock();
    try {
      path = null;
      queue.clear();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOpen(PacketPath opened) {
    lock.lock();
    try {
      return path == opened;
    } finally {
      lock.unlock();
    }
  }

  private void closeAtEnd(PacketPath opened) {
    try {
      opened.awaitEnd();
    } catch (IOException ended) {
      log.debug("{}: {}", terminal, ended.toString());
    }
    lock.lock();
    try {
      if (path == opened) {
        closePath();
      }
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. */
  private void closePath() {
    PacketPath open = path;
    path = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ended) {
        log.debug("{}: {}", terminal, ended.toString());
      }
    }
  }

  private boolean awaitWanted() {
    lock.lock();
    try {
      while (!wanted && !closed) {
        wantedChanged.await();
      }
      return !closed;
    } catch (InterruptedException ended) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void pauseFor(long millis) {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      boolean wantedBefore = wanted;
      while (left > 0 && !closed && wanted == wantedBefore) {
        left = wantedChanged.awaitNanos(left);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection for good. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wantedChanged.signalAll();
      closePath();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }
}
