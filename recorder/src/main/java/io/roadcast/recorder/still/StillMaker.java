package io.roadcast.recorder.still;

import io.roadcast.sfu.transcode.ChildCommand;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has a child process make small pictures, one job after the other. The child starts with the first
 * job and ends when there has been none for a while; one that hangs or dies is replaced. Any
 * thread.
 */
final class StillMaker implements AutoCloseable {
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LINGER = Duration.ofSeconds(30);
  private static final int BUFFER_BYTES = 1 << 16;

  private final ReentrantLock turn = new ReentrantLock();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("still-watch").factory());

  // Whoever has the turn.
  private @Nullable Child child;
  private @Nullable Future<?> dismissal;
  private boolean closed;

  /** A process and the pipes to it. */
  private record Child(Process process, DataInputStream in, DataOutputStream out) {
    static Child start() throws IOException {
      Process process =
          new ProcessBuilder(ChildCommand.of(StillChild.class))
              .redirectError(Redirect.DISCARD)
              .start();
      return new Child(
          process,
          new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES)),
          new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER_BYTES)));
    }
  }

  /**
   * Makes a JPEG; blocks.
   *
   * @return empty if none of the pictures can be decoded
   * @throws StillsBusyException if too many others wait
   * @throws IOException if the child died of it, or took too long
   */
  byte[] make(StillJob job) throws IOException, StillsBusyException {
    try {
      if (!turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StillsBusyException();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StillsBusyException();
    }
    try {
      return work(job);
    } finally {
      turn.unlock();
    }
  }

  private byte[] work(StillJob job) throws IOException {
    if (closed) {
      throw new IOException("nothing is made any more");
    }
    if (dismissal != null) {
      dismissal.cancel(false);
    }
    Child worker = child;
    if (worker == null || !worker.process.isAlive()) {
      worker = Child.start();
      child = worker;
    }
    Process process = worker.process;
    Future<?> limit =
        watch.schedule(process::destroyForcibly, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    try {
      job.write(worker.out);
      return StillJob.bytes(worker.in);
    } catch (IOException gone) {
      process.destroyForcibly();
      child = null;
      throw new IOException("the process that makes small pictures is gone", gone);
    } finally {
      limit.cancel(false);
      dismissal = watch.schedule(this::dismiss, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Nothing was wanted for a while. */
  private void dismiss() {
    if (turn.tryLock()) {
      try {
        end();
      } finally {
        turn.unlock();
      }
    }
  }

  private void end() {
    if (child != null) {
      child.process.destroyForcibly();
      child = null;
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      end();
    } finally {
      turn.unlock();
    }
    watch.shutdownNow();
  }
}
