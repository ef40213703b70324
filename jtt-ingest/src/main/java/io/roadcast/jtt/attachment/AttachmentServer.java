package io.roadcast.jtt.attachment;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.gateway.ReachedAddress;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jsatl12.AttachmentDecoder;
import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.port.ConnectionCount;
import io.roadcast.jtt.port.ReasonCounts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the files of safety alarms. A file is durable before the terminal is told that it has come;
 * from then on it reaches the sink, whatever happens. May be used on any thread; {@link #request}
 * blocks for the disk.
 */
public final class AttachmentServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttachmentServer.class);
  private static final int READ_BYTES = 64 << 10;
  private static final int BACKLOG = 256;
  private static final int RESERVED_BYTES = 16;
  private static final Duration FIRST_WORD = Duration.ofSeconds(30);
  private static final Duration SWEEP = Duration.ofMinutes(5);

  private final AttachmentConfig config;
  private final InstantSource clock;
  private final AttachmentFiles disk;
  private final AttachmentDesk desk;
  private final AttachmentCounters counters = new AttachmentCounters();
  private final AttachmentFollower follower;
  private final ConnectionCount<AttachmentClose> count;
  private final ServerSocket listening;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("attachment-requests").daemon().factory());
  private volatile boolean closed;

  private AttachmentServer(
      AttachmentConfig config, Path directory, AttachmentSink sink, InstantSource clock)
      throws IOException {
    this.config = config;
    this.clock = clock;
    this.disk = AttachmentFiles.open(directory);
    this.desk = new AttachmentDesk(config, disk, clock);
    this.follower = new AttachmentFollower(disk, sink, counters);
    this.count =
        new ConnectionCount<>(
            config.maxConnections(),
            config.maxConnectionsPerAddress(),
            AttachmentClose.TOO_MANY_CONNECTIONS,
            AttachmentClose.TOO_MANY_OF_ADDRESS);
    this.listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(config.bindAddress(), config.port()), BACKLOG);
  }

  /**
   * Listens, and goes on with files that were not tied to their events.
   *
   * @param directory made if absent; of no other server
   * @throws IOException if the directory or the port can not be had
   */
  public static AttachmentServer start(
      AttachmentConfig config, Path directory, AttachmentSink sink, InstantSource clock)
      throws IOException {
    AttachmentServer server = new AttachmentServer(config, directory, sink, clock);
    server.follower.start();
    Thread.ofVirtual().name("attachment-port").start(server::accept);
    var unused =
        server.sweeper.scheduleWithFixedDelay(
            server.desk::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
    LOG.info("[attachments] listening on {}:{}", config.bindAddress(), server.port());
    return server;
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Whether connections are taken. */
  public boolean listening() {
    return !closed && !listening.isClosed();
  }

  /**
   * What a terminal has to be sent so that it brings the files of an alarm; from now on they are
   * taken.
   *
   * @param event what they belong to
   * @throws IOException if the request can not be kept
   */
  public AttachmentUpload request(TerminalLink terminal, UUID event, AlarmIdentifier alarm)
      throws IOException {
    AttachmentRequest request = desk.issue(terminal.terminal(), event, alarm);
    counters.requested.increment();
    return new AttachmentUpload(
        GbkText.of(ReachedAddress.of(terminal, config.publicAddress())),
        port(),
        0,
        alarm,
        GbkText.of(request.number()),
        Bytes.of(new byte[RESERVED_BYTES]));
  }

  /** The bytes of a file, or of its shown form; to be read only. */
  public Path file(String place) {
    return disk.file(place);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket connection = listening.accept();
        Thread.ofVirtual()
            .name("attachments-" + connection.getPort())
            .start(() -> serve(connection));
      } catch (IOException ended) {
        if (!closed) {
          LOG.warn("[attachments] a connection was not taken: {}", ended.toString());
        }
      }
    }
  }

  private void serve(Socket connection) {
    AttachmentClose refusal = count.enter(connection.getInetAddress());
    if (refusal != null) {
      counters.closed.add(refusal, 1);
      close(connection);
      return;
    }
    counters.connections.increment();
    connections.add(connection);
    AttachmentClose reason = AttachmentClose.ERROR;
    try {
      reason = converse(connection);
    } catch (SocketTimeoutException silent) {
      reason = AttachmentClose.SILENT;
    } catch (IOException broken) {
      reason = AttachmentClose.BY_TERMINAL;
    } catch (RuntimeException mistake) {
      LOG.error("[attachments] closed by an error of ours", mistake);
    } finally {
      connections.remove(connection);
      count.leave(connection.getInetAddress());
      counters.closed.add(closed ? AttachmentClose.STOPPING : reason, 1);
      close(connection);
    }
  }

  private AttachmentClose converse(Socket connection) throws IOException {
    connection.setTcpNoDelay(true);
    connection.setSoTimeout((int) config.silentTimeout().toMillis());
    OutputStream out = new BufferedOutputStream(connection.getOutputStream());
    AttachmentSession session =
        new AttachmentSession(desk, counters, follower::add, frames -> write(out, frames), clock);
    AttachmentDecoder decoder = new AttachmentDecoder(config.maxChunkBytes());
    InputStream in = connection.getInputStream();
    byte[] bytes = new byte[READ_BYTES];
    ByteBuf view = Unpooled.wrappedBuffer(bytes);
    long start = System.nanoTime();
    while (!closed) {
      int length = in.read(bytes);
      if (length < 0) {
        decoder.end(session);
        return AttachmentClose.BY_TERMINAL;
      }
      decoder.read(view.setIndex(0, length), session);
      session.check();
      AttachmentClose reason = session.closing();
      if (reason != null) {
        return reason;
      }
      if (!session.accepted() && System.nanoTime() - start > FIRST_WORD.toNanos()) {
        return AttachmentClose.SILENT;
      }
    }
    return AttachmentClose.STOPPING;
  }

  private static void write(OutputStream out, Iterable<Bytes> frames) throws IOException {
    for (Bytes frame : frames) {
      out.write(frame.toArray());
    }
    out.flush();
  }

  private static void close(Socket connection) {
    try {
      connection.close();
    } catch (IOException gone) {
      LOG.debug("[attachments] {}", gone.toString());
    }
  }

  public AttachmentStatistics statistics() {
    return new AttachmentStatistics(
        connections.size(),
        counters.connections.sum(),
        counters.requested.sum(),
        desk.open(),
        counters.bytes.sum(),
        counters.repeatedBytes.sum(),
        counters.askedAgain.sum(),
        counters.complete.sum(),
        counters.partial.sum(),
        counters.attached.sum(),
        follower.waiting(),
        sums(AttachmentFault.class, counters.refused),
        sums(AttachmentClose.class, counters.closed));
  }

  private static <E extends Enum<E>> Map<E, Long> sums(Class<E> type, ReasonCounts<E> counts) {
    Map<E, Long> sums = new EnumMap<>(type);
    for (E each : type.getEnumConstants()) {
      sums.put(each, counts.sum(each));
    }
    return sums;
  }

  /** Stops listening and closes all connections; files that were acknowledged are safe. */
  @Override
  public void close() {
    closed = true;
    sweeper.shutdownNow();
    try {
      listening.close();
    } catch (IOException gone) {
      LOG.debug("[attachments] {}", gone.toString());
    }
    connections.forEach(AttachmentServer::close);
    follower.close();
  }
}
