package io.roadcast.e2e.joins;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.Jt1078PacketEncoder;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.TerminalId;
import io.roadcast.media.ffmpeg.EncodedPicture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a film over JT/T 1078 in real time, round after round, and notes when each picture was
 * handed to the network.
 */
public final class FilmCamera implements AutoCloseable {
  /** Whether there is sound with the picture. */
  public enum Sound {
    SILENT,
    HEARD
  }

  private static final long FRAME_NANOS = 1_000_000_000L / Film.FRAME_RATE;
  private static final int MAX_PICTURES = 600 * Film.FRAME_RATE;

  /** 40 ms of G.711 A-law. */
  private static final byte[] SOUND = new byte[320];

  static {
    Arrays.fill(SOUND, (byte) 0xd5);
  }

  private final Film film;
  private final Sound sound;
  private final Socket socket = new Socket();
  private final Jt1078PacketEncoder encoder;

  /** When picture i of all that were sent left, in microseconds since 1970. */
  private final AtomicLongArray sentMicros = new AtomicLongArray(MAX_PICTURES);

  private final long begunNanos = System.nanoTime() + Duration.ofMillis(100).toNanos();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("film-camera").unstarted(this::run);
  private volatile int sent;
  private volatile boolean closed;

  private FilmCamera(Film film, Sound sound, String terminal) {
    this.film = film;
    this.sound = sound;
    this.encoder = new Jt1078PacketEncoder(TerminalId.ofDigits(terminal, IdWidth.SIX));
  }

  /** Connects, and begins with the first picture after 100 ms. */
  public static FilmCamera start(Film film, Sound sound, String host, int port, String terminal)
      throws IOException {
    FilmCamera camera = new FilmCamera(film, sound, terminal);
    camera.socket.setTcpNoDelay(true);
    camera.socket.connect(new InetSocketAddress(host, port), 5000);
    camera.thread.setPriority(Thread.MAX_PRIORITY);
    camera.thread.start();
    return camera;
  }

  /** Of its pictures. */
  int height() {
    return film.kind().height();
  }

  Film film() {
    return film;
  }

  /** Pictures that were handed to the network. */
  public int sent() {
    return sent;
  }

  /** How many pictures left from the one moment on and before the other, ms since 1970. */
  int sentBetween(double fromMillis, double beforeMillis) {
    int count = 0;
    for (int i = 0; i < sent; i++) {
      double millis = sentMicros.get(i) / 1e3;
      count += millis >= fromMillis && millis < beforeMillis ? 1 : 0;
    }
    return count;
  }

  /**
   * The moment, on the wall clock in ms, at which so great a part of some group of pictures will
   * have been sent, at least that much from now.
   */
  double momentOf(double partOfGop, Duration fromNow) {
    double gopNanos = (double) film.kind().gopPictures() * FRAME_NANOS;
    long now = System.nanoTime();
    double earliest = now + fromNow.toNanos() - begunNanos;
    double gop = Math.ceil(earliest / gopNanos - partOfGop);
    double nanos = (gop + partOfGop) * gopNanos + begunNanos - now;
    return epochMicros() / 1e3 + nanos / 1e6;
  }

  /** Waits until a group of pictures has been sent, and some seconds. */
  void awaitGroupOfPictures() throws InterruptedException {
    while (sent < Math.max(3 * Film.FRAME_RATE, film.kind().gopPictures() + 5)) {
      Thread.sleep(20);
    }
  }

  /** When the newest picture with this counter that was sent before {@code atMillis} was sent. */
  double sentMillis(int counter, double atMillis) {
    int count = film.pictures().size();
    for (int i = (sent - 1 - counter) / count * count + counter; i >= 0; i -= count) {
      double millis = sentMicros.get(i) / 1e3;
      if (i < sent && millis <= atMillis + 1) {
        return millis;
      }
    }
    return Double.NaN;
  }

  private void run() {
    try (OutputStream out = socket.getOutputStream()) {
      ByteBuf buffer = Unpooled.buffer(1 << 20);
      long timestamp = System.currentTimeMillis();
      for (int i = 0; i < MAX_PICTURES && !closed; i++) {
        sleepUntil(begunNanos + i * FRAME_NANOS);
        long millis = timestamp + i * 1000L / Film.FRAME_RATE;
        buffer.clear();
        write(buffer, film.pictures().get(i % film.pictures().size()), millis);
        sentMicros.set(i, epochMicros());
        sent = i + 1;
        out.write(buffer.array(), 0, buffer.writerIndex());
      }
    } catch (IOException e) {
      if (!closed) {
        throw new AssertionError("the film broke", e);
      }
    }
  }

  private void write(ByteBuf buffer, EncodedPicture picture, long millis) {
    PacketType type = picture.keyframe() ? PacketType.I_FRAME : PacketType.P_FRAME;
    encoder.encode(buffer, 1, type, PayloadTypes.H264, millis, ByteBuffer.wrap(picture.annexB()));
    if (sound == Sound.HEARD) {
      encoder.encode(
          buffer, 1, PacketType.AUDIO, PayloadTypes.G711_A, millis - 40, ByteBuffer.wrap(SOUND));
    }
  }

  private void sleepUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0 && !closed) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  private static long epochMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
  }
}
