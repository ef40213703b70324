package io.roadcast.sfu.transcode;

import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.media.ffmpeg.SoundTranscoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The program of a child: decodes and encodes what its standard input brings, and ends when that
 * does, which is also when the server is gone. One thread reads, one works.
 */
public final class TranscoderChild {
  private static final int WAITING_MESSAGES = 1024;

  /** A message that finds no room for so long: the work is stuck. */
  private static final long STUCK_SECONDS = 10;

  private static final int EXIT_STUCK = 3;
  private static final int EXIT_FAILED = 4;

  private final DataOutputStream out;
  private final BlockingQueue<ChildMessage> waiting = new ArrayBlockingQueue<>(WAITING_MESSAGES);
  private final Map<Integer, Job> jobs = new HashMap<>();
  private long damaged;

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
    Thread.ofPlatform().daemon().name("work").start(child::work);
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

  private void read(DataInputStream in) throws IOException, InterruptedException {
    ChildMessage message = ChildMessage.read(in);
    while (message != null) {
      if (!waiting.offer(message, STUCK_SECONDS, TimeUnit.SECONDS)) {
        throw new InterruptedException();
      }
      message = ChildMessage.read(in);
    }
  }

  private void work() {
    try {
      if (!FfmpegTools.hasEncoder("libopus")) {
        throw new IOException("this FFmpeg has no libopus");
      }
      send(ChildMessage.of(ChildMessage.Kind.READY));
      while (true) {
        handle(waiting.take());
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException | InterruptedException | RuntimeException | Error failure) {
      System.err.println("transcoder ends: " + failure);
      Runtime.getRuntime().halt(EXIT_FAILED);
    }
  }

  private void handle(ChildMessage message) throws IOException {
    switch (message.kind()) {
      case OPEN -> jobs.put(message.job(), new Job(message.job(), SoundJob.of(message.body())));
      case MEDIA -> {
        Job job = jobs.get(message.job());
        if (job != null) {
          job.accept(ByteBuffer.wrap(message.body()));
        }
      }
      case CLOSE -> {
        Job job = jobs.remove(message.job());
        if (job != null) {
          job.close();
        }
      }
      case PING -> {
        byte[] count = ByteBuffer.allocate(Long.BYTES).putLong(damaged).array();
        new ChildMessage(ChildMessage.Kind.PONG, 0, count).write(out);
      }
      case READY, PONG -> throw new IOException("a message that only a child sends");
    }
  }

  private void send(ChildMessage message) throws IOException {
    message.write(out);
    out.flush();
  }

  /** One job; what it can not decode it counts and leaves out. */
  private final class Job implements SoundTranscoder.Output {
    private final int number;
    private final SoundJob spec;
    private @Nullable SoundTranscoder transcoder;
    private @Nullable IOException broken;

    Job(int number, SoundJob spec) {
      this.number = number;
      this.spec = spec;
    }

    void accept(ByteBuffer media) throws IOException {
      long stampMicros = media.getLong();
      try {
        SoundTranscoder used = transcoder;
        if (used == null) {
          used = new SoundTranscoder(spec.source(), spec.target(), spec.bitRate(), this);
          transcoder = used;
        }
        used.accept(media, stampMicros);
      } catch (RuntimeException failed) {
        // The next frame begins with a fresh one.
        System.err.println("job " + number + ": " + failed);
        damaged++;
        close();
      }
      if (broken != null) {
        throw broken;
      }
    }

    @Override
    public void block(long timeMicros, byte[] payload) {
      ByteBuffer body = ByteBuffer.allocate(Long.BYTES + payload.length);
      body.putLong(timeMicros).put(payload);
      try {
        new ChildMessage(ChildMessage.Kind.MEDIA, number, body.array()).write(out);
      } catch (IOException gone) {
        broken = gone;
      }
    }

    @Override
    public void damaged() {
      damaged++;
    }

    void close() {
      if (transcoder != null) {
        transcoder.close();
        transcoder = null;
      }
    }
  }
}
