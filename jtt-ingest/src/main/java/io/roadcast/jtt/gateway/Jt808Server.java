package io.roadcast.jtt.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.port.ConnectionCount;
import io.roadcast.jtt.port.TerminalPort;
import io.roadcast.jtt.position.LastPositions;
import io.roadcast.jtt.position.LocationEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks JT/T 808 with terminals on one port number, TCP and UDP. A connection belongs to one event
 * loop for life; the UDP port has one. Start and close are called once, on any thread but an event
 * loop.
 */
public final class Jt808Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jt808Server.class);
  private static final int UDP_RECEIVE_BYTES = 8 * 1024 * 1024;
  private static final int LONGEST_DATAGRAM = 4 * 1024;
  private static final int SOCKET_BUFFER_BYTES = 32 * 1024;
  private static final int BACKLOG = 4096;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Jt808Config config;
  private final GatewayCore core;
  private final MessageRouting routing;
  private final LinkRegistry registry;
  private final GatewayStatistics statistics = new GatewayStatistics();
  private final LastPositions last;
  private final ConnectionCount<CloseReason> count;
  private final ConcurrentHashMap<EventLoop, LoopSessions> sessions = new ConcurrentHashMap<>();
  private final TerminalPort port;
  private volatile @Nullable UdpLinkHandler udpTerminals;

  /**
   * @param journal keeps positions before they are acknowledged
   * @param last is told of every position that is kept
   */
  public Jt808Server(
      Jt808Config config,
      Admission admission,
      Journal journal,
      MediaSink media,
      LastPositions last,
      InstantSource clock) {
    this.config = config;
    this.last = last;
    this.registry = new LinkRegistry(statistics, clock);
    this.core =
        new GatewayCore(
            config,
            admission,
            journal,
            media,
            last,
            registry,
            new TerminalMemory(config.connections().maxTerminals()),
            new MinuteQuota(config.connections().maxRegistrationsPerMinute()),
            statistics,
            clock);
    this.routing = new MessageRouting(core);
    this.count =
        new ConnectionCount<>(
            config.connections().max(),
            config.connections().maxPerAddress(),
            CloseReason.TOO_MANY_CONNECTIONS,
            CloseReason.TOO_MANY_OF_ADDRESS);
    this.port = new TerminalPort("jt808", config.bindAddress(), config.port(), new Guests());
  }

  /**
   * A location that was kept before this start: when the terminal repeats it, it is not kept twice.
   * To be told before {@link #start}.
   */
  public void recovered(LocationEntry entry) {
    core.memory().recovered(entry);
  }

  /**
   * Listens on TCP and UDP.
   *
   * @throws IOException if the port cannot be had
   */
  public void start() throws IOException {
    port.open();
    LOG.info("[jt808] listening on {}:{} (TCP, UDP)", config.bindAddress(), port());
  }

  /** Who comes to the port speaks JT/T 808. */
  private final class Guests implements TerminalPort.Guests {
    @Override
    public void configure(ServerBootstrap tcp, Bootstrap udp) {
      tcp.option(ChannelOption.SO_BACKLOG, BACKLOG)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
          .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
          .childOption(
              ChannelOption.WRITE_BUFFER_WATER_MARK,
              new WriteBufferWaterMark(config.maxWriteBytes() / 2, config.maxWriteBytes()))
          .childOption(
              ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 512, 8192));
      udp.option(ChannelOption.SO_RCVBUF, UDP_RECEIVE_BYTES)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(LONGEST_DATAGRAM).maxMessagesPerRead(64));
    }

    @Override
    public void connected(SocketChannel connection) {
      connection
          .pipeline()
          .addLast(new TcpLinkHandler(core, routing, count, sessionsOf(connection.eventLoop())));
    }

    @Override
    public void opened(NioDatagramChannel datagrams) {
      UdpLinkHandler handler = new UdpLinkHandler(core, routing, sessionsOf(datagrams.eventLoop()));
      udpTerminals = handler;
      datagrams.pipeline().addLast(handler);
    }

    @Override
    public void stop(Channel connection) {
      TcpLinkHandler handler = connection.pipeline().get(TcpLinkHandler.class);
      if (handler != null) {
        connection.eventLoop().execute(handler::stop);
      }
    }

    private LoopSessions sessionsOf(EventLoop loop) {
      return sessions.computeIfAbsent(loop, LoopSessions::new);
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

  /** The terminals that are connected. */
  public TerminalLinks links() {
    return registry;
  }

  /** Terminals that drove each other away in the last minutes. */
  public List<IdentityConflict> conflicts() {
    return registry.conflicts();
  }

  public GatewayStatistics statistics() {
    return statistics;
  }

  public LastPositions positions() {
    return last;
  }

  /** TCP connections at this moment, authenticated or not. */
  public int tcpConnections() {
    return count.open();
  }

  /** Terminals that came by UDP. */
  public int udpTerminals() {
    UdpLinkHandler handler = udpTerminals;
    return handler == null ? 0 : handler.terminals();
  }

  /** Digits of the authenticated terminals at this moment. */
  public Set<String> onlineTerminals() {
    return registry.terminals();
  }

  /** Authenticated terminals. */
  public int online() {
    return registry.size();
  }

  /** Stops listening and closes all connections, in 5 s at most. */
  @Override
  public void close() {
    port.close(CLOSE_LIMIT);
  }
}
