package io.roadcast.jtt.jt1078;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.roadcast.jtt.port.ConnectionCount;
import io.roadcast.jtt.port.TerminalPort;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes media of terminals on one port number, TCP and UDP, and publishes it. A connection belongs
 * to one event loop for life; the UDP port has one. Start and close are called once, on any thread
 * but an event loop.
 */
public final class Jt1078Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jt1078Server.class);
  private static final int UDP_RECEIVE_BYTES = 4 * 1024 * 1024;
  private static final int BACKLOG = 1024;

  /** Enough for the compilers to have seen each packet's way more than ten thousand times. */
  private static final int REHEARSED_PICTURES = 3_000;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Jt1078Config config;
  private final Router router;
  private final ExpectedTerminals expected;
  private final IngestStatistics statistics = new IngestStatistics();
  private final ConnectionCount<CloseReason> gate;
  private final Set<UplinkConnection> connections = ConcurrentHashMap.newKeySet();
  private final TerminalPort port;
  private volatile @Nullable Thread rehearsal;

  public Jt1078Server(Jt1078Config config, Router router) {
    this(config, router, ExpectedTerminals.unknown());
  }

  /**
   * @param expected settles ids that can be read in 6 and in 10 bytes
   */
  public Jt1078Server(Jt1078Config config, Router router, ExpectedTerminals expected) {
    this.config = config;
    this.router = router;
    this.expected = expected;
    this.gate =
        new ConnectionCount<>(
            config.maxConnections(),
            config.maxConnectionsPerAddress(),
            CloseReason.TOO_MANY_CONNECTIONS,
            CloseReason.TOO_MANY_OF_ADDRESS);
    this.port =
        new TerminalPort(
            "jt1078-" + config.quality().label(),
            config.bindAddress(),
            config.port(),
            new Guests());
  }

  /**
   * Listens on TCP and UDP.
   *
   * @throws IOException if the port cannot be had
   */
  public void start() throws IOException {
    port.open();
    LOG.info(
        "[jt1078] listening for {} streams on {}:{} (TCP, UDP)",
        config.quality().label(),
        config.bindAddress(),
        port());
  }

  /**
   * Makes the first terminals' pictures as quick as later ones, on a thread of its own. To be
   * called once, when everything else has started.
   */
  public void rehearse() {
    rehearsal =
        Thread.ofPlatform()
            .daemon()
            .name("jt1078-rehearsal")
            .start(() -> UplinkRehearsal.run(config, router, REHEARSED_PICTURES));
  }

  private void endRehearsal(Duration limit) {
    Thread running = rehearsal;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who comes to the port sends media. */
  private final class Guests implements TerminalPort.Guests {
    @Override
    public void configure(ServerBootstrap tcp, Bootstrap udp) {
      tcp.option(ChannelOption.SO_BACKLOG, BACKLOG)
          .childOption(
              ChannelOption.RECVBUF_ALLOCATOR,
              new AdaptiveRecvByteBufAllocator(512, 4096, 64 * 1024));
      udp.option(ChannelOption.SO_RCVBUF, UDP_RECEIVE_BYTES)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(
                  Jt1078Packet.headerBytes(IdWidth.TEN, PacketType.I_FRAME)
                      + config.maxBodyBytes()));
    }

    @Override
    public void connected(SocketChannel connection) {
      connection
          .pipeline()
          .addLast(new TcpUplinkHandler(config, router, statistics, gate, connections, expected));
    }

    @Override
    public void opened(NioDatagramChannel datagrams) {
      datagrams
          .pipeline()
          .addLast(new UdpUplinkHandler(config, router, statistics, connections, expected));
    }

    @Override
    public void stop(Channel connection) {
      TcpUplinkHandler.stop(connection);
    }
  }

  /** The port number of both, once started. */
  public int port() {
    return port.number();
  }

  /** Whether both transports take connections; false before the start and after the end. */
  public boolean listening() {
    return port.listening();
  }

  public Jt1078Config config() {
    return config;
  }

  public IngestStatistics statistics() {
    return statistics;
  }

  /** TCP connections and UDP flows at this moment. */
  public int connectionCount() {
    return connections.size();
  }

  /** TCP connections and UDP flows at this moment, oldest first. */
  public List<ConnectionInfo> connections() {
    return connections.stream()
        .map(UplinkConnection::info)
        .sorted(Comparator.comparing(ConnectionInfo::since))
        .toList();
  }

  /**
   * Closes the TCP connection that publishes a stream, if it publishes nothing else. Any thread.
   */
  public void end(StreamId stream) {
    for (Channel connection : port.connections()) {
      TcpUplinkHandler.end(connection, stream);
    }
  }

  /** As {@link #close(Duration)} with a limit of 5 s. */
  @Override
  public void close() {
    close(CLOSE_LIMIT);
  }

  /**
   * Stops listening, closes all connections and ends what they publish.
   *
   * @param limit how long to wait for it
   */
  public void close(Duration limit) {
    endRehearsal(limit);
    port.close(limit);
  }
}
