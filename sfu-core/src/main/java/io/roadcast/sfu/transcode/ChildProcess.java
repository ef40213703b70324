package io.roadcast.sfu.transcode;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child JVM as the server sees it. Messages to it wait in a bounded queue, so that nobody waits
 * for a child that hangs. Methods may be called on any thread.
 */
final class ChildProcess {
  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
  private static final int WAITING_MESSAGES = 2048;

  /** Until then it has to be ready; a JVM needs half a second, on a crowded machine ten. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** So many looks at a child without an answer from it, and it hangs. */
  private static final int PATIENCE_LOOKS = 5;

  /** Nothing that it is given takes so much of a processor; a hundredth is usual. */
  private static final long STUCK_WORK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Process process;
  private final Listener listener;
  private final long startedNanos = System.nanoTime();
  private final BlockingQueue<ChildMessage> waiting = new ArrayBlockingQueue<>(WAITING_MESSAGES);
  private final Thread writer;
  private volatile boolean ready;
  private volatile boolean ending;
  private volatile int unanswered;
  private volatile ChildHealth health = ChildHealth.NEW;

  /** Hears of a child, on that child's reading thread. */
  interface Listener {
    void ready(ChildProcess child);

    /**
     * @param media time in microseconds and a block; the receiver's
     */
    void media(int job, ByteBuffer media);

    /** Last call: the process is gone. */
    void ended(ChildProcess child);
  }

  /**
   * Starts a child.
   *
   * @throws IOException if there can be no process
   */
  ChildProcess(List<String> command, Listener listener) throws IOException {
    this.listener = listener;
    this.process = new ProcessBuilder(command).start();
    String name = "transcoder-" + process.pid();
    writer = Thread.ofPlatform().daemon().name(name + "-in").start(this::write);
    Thread.ofPlatform().daemon().name(name + "-out").start(this::read);
    Thread.ofPlatform().daemon().name(name + "-says").start(this::listen);
  }

  long pid() {
    return process.pid();
  }

  /** Whether what is sent to it will be worked on soon. */
  boolean isReady() {
    return ready && !ending;
  }

  /** Whether it was asked to end. */
  boolean isEnding() {
    return ending;
  }

  /** Frames that could not be decoded, as it said last. */
  long damaged() {
    return health.damaged();
  }

  /** Frames that it left out to catch up, as it said last. */
  long skipped() {
    return health.skipped();
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** What it has used so far; zero where the system does not tell. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** False if too much waits already. */
  boolean send(ChildMessage message) {
    return !ending && waiting.offer(message);
  }

  /**
   * To be called at regular intervals, not by the clock: a machine that stands still for seconds
   * stands still for the child, too. One that is merely slow, as others keep the processor busy, is
   * well: a fresh one would be slower.
   *
   * @return whether it is well; else it should be killed
   */
  boolean look() {
    if (!ready) {
      return System.nanoTime() - startedNanos < START_NANOS;
    }
    if (unanswered >= PATIENCE_LOOKS || health.workNanos() > STUCK_WORK_NANOS) {
      return false;
    }
    unanswered = unanswered + 1;
    return send(ChildMessage.of(ChildMessage.Kind.PING)) || ending;
  }

  /** It may end when it likes, but {@link #kill} should follow. */
  void end() {
    ending = true;
    writer.interrupt();
  }

  /** Ends it now. */
  void kill() {
    ending = true;
    process.destroyForcibly();
    writer.interrupt();
  }

  void awaitEnd(Duration limit) throws InterruptedException {
    process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void write() {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16))) {
      while (!ending) {
        ChildMessage next = waiting.take();
        next.write(out);
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException gone) {
      log.debug("transcoder {} reads no more: {}", pid(), gone.toString());
    } catch (InterruptedException end) {
      // Its input is closed, which is the end for it.
    }
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
      @Nullable ChildMessage message = ChildMessage.read(in);
      while (message != null) {
        take(message);
        message = ChildMessage.read(in);
      }
    } catch (IOException | RuntimeException wrong) {
      if (!ending) {
        log.warn("transcoder {} is ended, as it says nonsense: {}", pid(), wrong.toString());
      }
    }
    ready = false;
    process.destroyForcibly();
    writer.interrupt();
    listener.ended(this);
  }

  private void take(ChildMessage message) throws IOException {
    switch (message.kind()) {
      case READY -> {
        ready = true;
        listener.ready(this);
      }
      case PONG -> {
        unanswered = 0;
        health = ChildHealth.of(message.body());
      }
      case MEDIA -> listener.media(message.job(), ByteBuffer.wrap(message.body()));
      case OPEN, CLOSE, PING -> throw new IOException("a message that only the server sends");
    }
  }

  /** So that it never waits for somebody to read; what it says helps to find its mistakes. */
  private void listen() {
    try (BufferedReader said = process.errorReader(StandardCharsets.UTF_8)) {
      String line = said.readLine();
      while (line != null) {
        log.debug("transcoder {}: {}", pid(), line);
        line = said.readLine();
      }
    } catch (IOException gone) {
      log.debug("transcoder {} is silent: {}", pid(), gone.toString());
    }
  }
}
