package io.roadcast.jtt.attachment;

import java.io.IOException;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of each file what browsers can show, and ties it to its event, again and again until that
 * works. On a thread of its own.
 */
final class AttachmentFollower {
  private static final Logger LOG = LoggerFactory.getLogger(AttachmentFollower.class);
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final long PATIENCE_MILLIS = 5_000;

  private final AttachmentFiles disk;
  private final AttachmentSink sink;
  private final AttachmentCounters counters;
  private final DelayQueue<Turn> turns = new DelayQueue<>();
  private final Thread thread;

  /** When a file is to be tied, in System.nanoTime. */
  private record Turn(Attachment file, long nanos, long nextPauseMillis) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  AttachmentFollower(AttachmentFiles disk, AttachmentSink sink, AttachmentCounters counters) {
    this.disk = disk;
    this.sink = sink;
    this.counters = counters;
    this.thread = Thread.ofPlatform().name("attachments").daemon().unstarted(this::run);
  }

  void start() throws IOException {
    disk.unsettled().forEach(this::add);
    thread.start();
  }

  void add(Attachment file) {
    turns.add(new Turn(file, System.nanoTime(), FIRST_PAUSE_MILLIS));
  }

  int waiting() {
    return turns.size();
  }

  private void run() {
    try {
      while (true) {
        Turn turn = turns.take();
        try {
          follow(turn.file);
        } catch (IOException | RuntimeException later) {
          LOG.debug("[attachments] {} is tied later: {}", turn.file.id(), later.toString());
          again(turn);
        }
      }
    } catch (InterruptedException ended) {
      LOG.debug("[attachments] {} files wait for the next start", turns.size());
    }
  }

  private void again(Turn turn) {
    long nanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(turn.nextPauseMillis);
    long next = Math.min(LONGEST_PAUSE_MILLIS, 2 * turn.nextPauseMillis);
    turns.add(new Turn(turn.file, nanos, next));
  }

  private void follow(Attachment file) throws IOException {
    sink.attach(ShownForm.make(file, disk));
    disk.settled(file.id());
    counters.attached.increment();
  }

  void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
