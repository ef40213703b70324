package io.roadcast.sfu.transcode;

import io.roadcast.media.ffmpeg.FfmpegTools;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The program of a child: decodes and encodes what its standard input brings, and ends when that
 * does, which is also when the server is gone. One thread works; the other one reads, and answers
 * whoever asks how the work is going.
 */
public final class TranscoderChild {
  private static final int WAITING_MESSAGES = 1024;

  /** A job's beginning or end that finds no room for so long: the work is stuck. */
  private static final long STUCK_SECONDS = 10;

  private static final int EXIT_STUCK = 3;
  private static final int EXIT_FAILED = 4;

  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MESSAGES);
  private final LongAdder damaged = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final Thread worker = Thread.ofPlatform().daemon().name("work").unstarted(this::work);
  private final CurrentWork current = new CurrentWork(() -> cpuNanos(worker));
  private final ReentrantLock writing = new ReentrantLock();

  // With the lock held.
  private final DataOutputStream out;

  // The worker's.
  private final Map<Integer, ChildJob> jobs = new HashMap<>();

  /** A message and when it came. */
  private record Waiting(ChildMessage message, long sinceNanos) {}

  private TranscoderChild(DataOutputStream out) {
    this.out = out;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) {
    FileInputStream input = new FileInputStream(FileDescriptor.in);
    FileOutputStream output = new FileOutputStream(FileDescriptor.out);
    // Whatever else is printed must not come between the messages.
    System.setOut(System.err);
    TranscoderChild child =
        new TranscoderChild(new DataOutputStream(new BufferedOutputStream(output, 1 << 16)));
    child.worker.start();
    int status = 0;
    try {
      child.read(new DataInputStream(new BufferedInputStream(input, 1 << 16)));
    } catch (IOException gone) {
      status = EXIT_FAILED;
    } catch (InterruptedException stuck) {
      status = EXIT_STUCK;
    }
    // Not exit: nothing is to be waited for, least of all native code that hangs.
    Runtime.getRuntime().halt(status);
  }

  private static long cpuNanos(Thread of) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(of.threadId());
  }

  private void read(DataInputStream in) throws IOException, InterruptedException {
    ChildMessage message = ChildMessage.read(in);
    while (message != null) {
      switch (message.kind()) {
        case OPEN, CLOSE -> {
          if (!waiting.offer(waitingFromNow(message), STUCK_SECONDS, TimeUnit.SECONDS)) {
            throw new InterruptedException();
          }
        }
        case MEDIA -> {
          if (!waiting.offer(waitingFromNow(message))) {
            skipped.increment();
          }
        }
        case PING -> pong();
        case READY, PONG -> throw new IOException("a message that only a child sends");
      }
      message = ChildMessage.read(in);
    }
  }

  private static Waiting waitingFromNow(ChildMessage message) {
    return new Waiting(message, System.nanoTime());
  }

  private void pong() throws IOException {
    ChildHealth health = new ChildHealth(damaged.sum(), skipped.sum(), current.usedNanos());
    sendNow(new ChildMessage(ChildMessage.Kind.PONG, 0, health.toBytes()));
  }

  private void work() {
    try {
      if (!FfmpegTools.hasEncoder("libopus") || !FfmpegTools.hasEncoder("libopenh264")) {
        throw new IOException("this FFmpeg has no libopus or no libopenh264");
      }
      sendNow(ChildMessage.of(ChildMessage.Kind.READY));
      while (true) {
        Waiting next = waiting.take();
        current.begins();
        handle(next);
        current.ends();
        if (waiting.isEmpty()) {
          flush();
        }
      }
    } catch (IOException | InterruptedException | RuntimeException | Error failure) {
      System.err.println("transcoder ends: " + failure);
      Runtime.getRuntime().halt(EXIT_FAILED);
    }
  }

  private void handle(Waiting next) throws IOException {
    ChildMessage message = next.message;
    switch (message.kind()) {
      case OPEN -> jobs.put(message.job(), job(message));
      case MEDIA -> {
        ChildJob job = jobs.get(message.job());
        if (job != null) {
          job.accept(message.body(), System.nanoTime() - next.sinceNanos);
        }
      }
      case CLOSE -> {
        ChildJob job = jobs.remove(message.job());
        if (job != null) {
          job.close();
        }
      }
      case PING, READY, PONG -> throw new IllegalStateException(message.kind() + " is no work");
    }
  }

  private ChildJob job(ChildMessage open) {
    Results results = new Results(open.job());
    return switch (JobSpec.of(open.body())) {
      case SoundJob sound -> new ChildSound(sound::begin, results);
      case TalkJob talk -> new ChildSound(talk::begin, results);
      case PictureJob pictures -> new ChildPictures(pictures, results);
    };
  }

  /** It leaves when there is nothing left to do, if no later one takes it along. */
  private void send(ChildMessage message) throws IOException {
    writing.lock();
    try {
      message.write(out);
    } finally {
      writing.unlock();
    }
  }

  private void sendNow(ChildMessage message) throws IOException {
    send(message);
    flush();
  }

  private void flush() throws IOException {
    writing.lock();
    try {
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** What comes of one job. */
  private final class Results implements ChildJob.Output {
    private final int number;

    Results(int number) {
      this.number = number;
    }

    @Override
    public void made(byte[] media) throws IOException {
      send(new ChildMessage(ChildMessage.Kind.MEDIA, number, media));
    }

    @Override
    public void damaged() {
      damaged.increment();
    }

    @Override
    public void skipped() {
      skipped.increment();
    }
  }
}
