package io.roadcast.recorder.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the segments of some streams. It looks after them ten times a second instead of being
 * woken for each picture: nobody waits for a recording, and the forwarding threads spend nothing.
 */
final class WriterThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterThread.class);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ConcurrentLinkedQueue<Task> added = new ConcurrentLinkedQueue<>();
  private final List<Task> tasks = new ArrayList<>();
  private final Thread thread;
  private volatile int open;
  private volatile boolean closed;

  private record Task(RecordingConsumer consumer, StreamRecording recording) {}

  WriterThread(String name) {
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void add(RecordingConsumer consumer, StreamRecording recording) {
    added.add(new Task(consumer, recording));
  }

  /** Segments that are being written. */
  int open() {
    return open;
  }

  boolean alive() {
    return thread.isAlive() || closed;
  }

  private void run() {
    while (!closed) {
      turn();
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
    turn();
    for (Task task : tasks) {
      task.recording.broken();
      task.consumer.close();
    }
    open = 0;
  }

  private void turn() {
    for (Task task = added.poll(); task != null; task = added.poll()) {
      tasks.add(task);
    }
    tasks.removeIf(task -> !goesOn(task));
    open = (int) tasks.stream().filter(task -> task.recording.writing()).count();
  }

  private static boolean goesOn(Task task) {
    try {
      boolean more = task.consumer.drainTo(task.recording);
      task.recording.tick(System.nanoTime());
      return more;
    } catch (RuntimeException mistake) {
      LOG.error("[recorder] a mistake while writing; the stream begins anew", mistake);
      task.recording.failed(mistake);
      return true;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (thread.isAlive() && !thread.join(PATIENCE)) {
        LOG.warn("[recorder] {} does not end", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
