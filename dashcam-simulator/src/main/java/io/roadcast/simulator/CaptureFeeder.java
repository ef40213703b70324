package io.roadcast.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.TerminalId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Pushes a file of JT/T 1078 packets at a server the way a network does: over TCP in pieces whose
 * borders have nothing to do with packets, over UDP one packet per datagram. One connection, one
 * thread of its own; its methods may be called by any thread.
 */
public final class CaptureFeeder implements AutoCloseable {
  /** A speed without any pauses. */
  public static final double UNPACED = Double.POSITIVE_INFINITY;

  private static final int LARGEST_PIECE_BITS = 16;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /**
   * What to push, where.
   *
   * @param terminal digits in place of the file's terminal, of the same width; null keeps the
   *     file's
   * @param speed factor on the file's own pace, or {@link #UNPACED}
   * @param seed fixes the sizes of the pieces: 1 byte to 64 KB, small ones as likely as large ones
   */
  public record Options(
      Path file,
      String host,
      int port,
      Transport transport,
      @Nullable String terminal,
      double speed,
      Source.Rounds rounds,
      long seed) {
    /** Over TCP, once, at the file's pace, with its own ids. */
    public static Options of(Path file, String host, int port) {
      return new Options(file, host, port, Transport.TCP, null, 1, Source.Rounds.ONCE, 1);
    }

    public Options with(Transport other) {
      return new Options(file, host, port, other, terminal, speed, rounds, seed);
    }

    public Options with(Source.Rounds other) {
      return new Options(file, host, port, transport, terminal, speed, other, seed);
    }

    public Options withSpeed(double other) {
      return new Options(file, host, port, transport, terminal, other, rounds, seed);
    }

    public Options withTerminal(String other) {
      return new Options(file, host, port, transport, other, speed, rounds, seed);
    }

    public Options withSeed(long other) {
      return new Options(file, host, port, transport, terminal, speed, rounds, other);
    }
  }

  private enum State {
    SENDING,
    PAUSED,
    DISCONNECTED,
    CLOSED
  }

  private final Options options;
  private final CaptureFile capture;
  private final Random random;
  private final ByteBuf ready = Unpooled.buffer();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private State state = State.SENDING;
  private @Nullable PacketPath path;
  private @Nullable IOException failure;
  private long bytesSent;
  private long packetsSent;
  private boolean ended;

  private CaptureFeeder(Options options, CaptureFile capture) {
    this.options = options;
    this.capture = capture;
    random = new Random(options.seed());
    thread = Thread.ofPlatform().name("feeder").daemon().unstarted(this::run);
  }

  /**
   * Connects and begins to push.
   *
   * @throws IOException if the file cannot be read or nobody accepts the connection
   */
  public static CaptureFeeder start(Options options) throws IOException {
    CaptureFeeder feeder = new CaptureFeeder(options, CaptureFile.read(options.file()));
    feeder.connect();
    feeder.thread.start();
    return feeder;
  }

  /** Falls silent with the connection open; the file waits. */
  public void pause() {
    become(State.PAUSED);
  }

  /** Goes on after {@link #pause} where it stopped. */
  public void resume() {
    become(State.SENDING);
  }

  /** Ends the connection; the file waits. */
  public void disconnect() {
    lock.lock();
    try {
      become(State.DISCONNECTED);
      closePath();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Connects again and goes on with the packet after the last one begun.
   *
   * @throws IOException if nobody accepts the connection
   */
  public void reconnect() throws IOException {
    connect();
    become(State.SENDING);
  }

  /** Bytes pushed so far. */
  public long bytesSent() {
    lock.lock();
    try {
      return bytesSent;
    } finally {
      lock.unlock();
    }
  }

  /** Packets whose turn has come so far; their last bytes may still wait to be pushed. */
  public long packetsSent() {
    lock.lock();
    try {
      return packetsSent;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all of a file that is sent once was pushed. The connection stays open until {@link
   * #close}.
   *
   * @throws IOException if the server ended the connection before
   * @throws TimeoutException if it takes longer than the limit
   */
  public void awaitEnd(Duration limit) throws IOException, InterruptedException, TimeoutException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!ended) {
        if (left <= 0) {
          throw new TimeoutException("still pushing after " + limit);
        }
        left = changed.awaitNanos(left);
      }
      IOException cause = failure;
      if (cause != null) {
        throw new IOException("pushing ended early", cause);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      become(State.CLOSED);
      closePath();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }

  private void become(State next) {
    lock.lock();
    try {
      if (state != State.CLOSED) {
        state = next;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void connect() throws IOException {
    PacketPath opened =
        PacketPath.open(options.host(), options.port(), options.transport(), CONNECT_LIMIT);
    lock.lock();
    try {
      closePath();
      path = opened;
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
      } catch (IOException alreadyGone) {
        failure = failure == null ? alreadyGone : failure;
      }
    }
  }

  private void run() {
    try {
      long rounds = options.rounds() == Source.Rounds.ONCE ? 1 : Long.MAX_VALUE;
      Pace pace = new Pace(options.speed());
      for (long round = 0; round < rounds; round++) {
        for (CapturedPacket packet : capture.packets()) {
          awaitTurn(pace, round * capture.roundMillis() + packet.dueMillis());
          append(packet, round);
        }
      }
      flush();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (IOException broken) {
      fail(broken);
    } finally {
      finish();
    }
  }

  /** Waits for the packet's moment; what is due before is pushed first. */
  private void awaitTurn(Pace pace, long dueMillis) throws IOException, InterruptedException {
    if (pace.nanosUntil(dueMillis) > 0) {
      flush();
    }
    lock.lockInterruptibly();
    try {
      while (true) {
        if (state != State.SENDING) {
          if (state == State.DISCONNECTED) {
            ready.clear();
          }
          long before = System.nanoTime();
          changed.await();
          pace.shift(System.nanoTime() - before);
        } else {
          long left = pace.nanosUntil(dueMillis);
          if (left <= 0) {
            return;
          }
          changed.awaitNanos(left);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(CapturedPacket packet, long round) throws IOException {
    Item.Replay replay = capture.inRound(packet, round);
    String digits = options.terminal();
    IdWidth width = packet.width();
    packet.write(
        ready,
        replay.sequence(),
        replay.timestamp(),
        digits == null ? null : TerminalId.ofDigits(digits, width),
        packet.channel());
    lock.lock();
    try {
      packetsSent++;
    } finally {
      lock.unlock();
    }
    if (options.transport() == Transport.UDP || ready.readableBytes() >= 1 << LARGEST_PIECE_BITS) {
      flush();
    }
  }

  /**
   * Pushes all that is ready on the connection of this moment; another one begins with a packet.
   */
  private void flush() throws IOException {
    PacketPath open = openPath();
    while (open != null && ready.isReadable()) {
      int piece = options.transport() == Transport.UDP ? ready.readableBytes() : randomPiece();
      int length = Math.min(piece, ready.readableBytes());
      try {
        open.send(ready.array(), ready.arrayOffset() + ready.readerIndex(), length);
      } catch (IOException broken) {
        if (isStill(open)) {
          throw broken;
        }
        break;
      }
      ready.skipBytes(length);
      countBytes(length);
    }
    ready.clear();
  }

  private int randomPiece() {
    int bits = random.nextInt(LARGEST_PIECE_BITS + 1);
    return 1 + random.nextInt(1 << bits);
  }

  private @Nullable PacketPath openPath() {
    lock.lock();
    try {
      return path;
    } finally {
      lock.unlock();
    }
  }

  private void countBytes(int length) {
    lock.lock();
    try {
      bytesSent += length;
    } finally {
      lock.unlock();
    }
  }

  private boolean isStill(PacketPath open) {
    lock.lock();
    try {
      return path == open && state != State.DISCONNECTED && state != State.CLOSED;
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException broken) {
    lock.lock();
    try {
      failure = broken;
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Turns the file's times into waiting times; pauses move it. */
  private static final class Pace {
    private final double speed;
    private long originNanos = System.nanoTime();

    Pace(double speed) {
      this.speed = speed;
    }

    long nanosUntil(long dueMillis) {
      long due = Math.round(TimeUnit.MILLISECONDS.toNanos(dueMillis) / speed);
      return originNanos + due - System.nanoTime();
    }

    void shift(long nanos) {
      originNanos += nanos;
    }
  }
}
