package io.roadcast.jtt.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes groups of records. The lock is held only to hand over. */
final class GroupWriter {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
  private static final int BYTES_OF_A_WAIT = 64;

  /** A record, or none for one who only waits for those before. */
  private record Entry(@Nullable JournalRecord value, Journal.Done done) {
    int bytes() {
      return value == null ? BYTES_OF_A_WAIT : RecordFormat.bytes(value);
    }
  }

  private final SegmentLog log;
  private final long groupNanos;
  private final int maxQueuedBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final Runnable afterGroup;
  private final Thread thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
  private final LongAdder records = new LongAdder();
  private final LongAdder groups = new LongAdder();
  private List<Entry> queue = new ArrayList<>();
  private final AtomicInteger queuedBytes = new AtomicInteger();
  private boolean stopping;
  private volatile @Nullable String problem;
  private volatile long slowestNanos;

  /**
   * @param afterGroup runs on the writing thread before a group's owners are told
   */
  GroupWriter(SegmentLog log, Duration groupInterval, int maxQueuedBytes, Runnable afterGroup) {
    this.afterGroup = afterGroup;
    this.log = log;
    this.groupNanos = groupInterval.toNanos();
    this.maxQueuedBytes = maxQueuedBytes;
  }

  void start() {
    thread.start();
  }

  /** Takes a record; what refuses it, or null. */
  @Nullable Outcome offer(@Nullable JournalRecord value, Journal.Done done) {
    Entry entry = new Entry(value, done);
    lock.lock();
    try {
      if (stopping) {
        return Outcome.CLOSED;
      }
      if (queuedBytes.get() + entry.bytes() > maxQueuedBytes) {
        return Outcome.BUSY;
      }
      queuedBytes.addAndGet(entry.bytes());
      queue.add(entry);
      if (queue.size() == 1) {
        work.signal();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (List<Entry> group = take(); group != null; group = take()) {
        long start = System.nanoTime();
        Outcome outcome = write(group);
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
        signalProgress();
        afterGroup.run();
        group.forEach(entry -> tell(entry, outcome));
      }
    } catch (InterruptedException e) {
      LOG.error("[journal] interrupted; nothing more is acknowledged");
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(Entry entry, Outcome outcome) {
    try {
      entry.done().done(outcome);
    } catch (RuntimeException mistake) {
      LOG.error("[journal] whoever waited for a record failed", mistake);
    }
  }

  /** Waits for a group; null when there will be none. */
  private @Nullable List<Entry> take() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty()) {
        if (stopping) {
          return null;
        }
        work.await();
      }
      long left = groupNanos;
      while (left > 0 && !stopping) {
        left = work.awaitNanos(left);
      }
      List<Entry> group = queue;
      queue = new ArrayList<>();
      queuedBytes.set(0);
      return group;
    } finally {
      lock.unlock();
    }
  }

  private Outcome write(List<Entry> group) {
    try {
      int count = 0;
      for (Entry entry : group) {
        if (entry.value() != null) {
          log.add(entry.value());
          count++;
        }
      }
      log.commit();
      records.add(count);
      groups.increment();
      if (problem != null) {
        LOG.info("[journal] writing again");
        problem = null;
      }
      return Outcome.DURABLE;
    } catch (IOException | RuntimeException e) {
      if (problem == null) {
        LOG.error("[journal] can not be written; positions are not acknowledged", e);
      }
      problem = "the journal can not be written: " + e;
      log.abandon();
      return Outcome.FAILED;
    }
  }

  private void signalProgress() {
    lock.lock();
    try {
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean awaitBeyond(long position, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (log.durable() <= position && left > 0) {
        left = progress.awaitNanos(left);
      }
      return log.durable() > position;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what was taken and ends. */
  void stop(Duration patience) {
    lock.lock();
    try {
      stopping = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int queuedBytes() {
    return queuedBytes.get();
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  long records() {
    return records.sum();
  }

  long groups() {
    return groups.sum();
  }

  long slowestNanos() {
    return slowestNanos;
  }
}
