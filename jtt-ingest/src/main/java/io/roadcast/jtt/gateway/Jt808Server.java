package io.roadcast.jtt.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.position.LastPositions;
import io.roadcast.jtt.position.LocationEntry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
  private static final int MAX_THREADS = 4;
  private static final int UDP_RECEIVE_BYTES = 8 * 1024 * 1024;
  private static final int LONGEST_DATAGRAM = 4 * 1024;
  private static final int SOCKET_BUFFER_BYTES = 32 * 1024;
  private static final int BACKLOG = 4096;
  private static final int ATTEMPTS_FOR_ANY_PORT = 20;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Jt808Config config;
  private final GatewayCore core;
  private final MessageRouting routing;
  private final LinkRegistry registry;
  private final GatewayStatistics statistics = new GatewayStatistics();
  private final LastPositions last;
  private final ConnectionCount count;
  private final ConcurrentHashMap<EventLoop, LoopSessions> sessions = new ConcurrentHashMap<>();
  private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable EventLoopGroup loops;
  private volatile @Nullable Channel tcp;
  private volatile @Nullable Channel udp;
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
            new TerminalMemory(config.maxTerminals()),
            new MinuteQuota(config.maxRegistrationsPerMinute()),
            statistics,
            clock);
    this.routing = new MessageRouting(core);
    this.count = new ConnectionCount(config.maxConnections(), config.maxConnectionsPerAddress());
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
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("jt808", true), NioIoHandler.newFactory());
    loops = group;
    try {
      bind(group);
    } catch (IOException e) {
      close();
      throw e;
    }
    LOG.info("[jt808] listening on {}:{} (TCP, UDP)", config.bindAddress(), port());
  }

  private void bind(EventLoopGroup group) throws IOException {
    IOException refused = new IOException("no port");
    int attempts = config.port() == 0 ? ATTEMPTS_FOR_ANY_PORT : 1;
    for (int attempt = 0; attempt < attempts; attempt++) {
      Channel listening = bindTcp(group);
      try {
        udp = bindUdp(group, ((InetSocketAddress) listening.localAddress()).getPort());
        tcp = listening;
        return;
      } catch (IOException e) {
        listening.close().awaitUninterruptibly();
        refused = e;
      }
    }
    throw refused;
  }

  private LoopSessions sessionsOf(EventLoop loop) {
    return sessions.computeIfAbsent(loop, LoopSessions::new);
  }

  private Channel bindTcp(EventLoopGroup group) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
            .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(config.maxWriteBytes() / 2, config.maxWriteBytes()))
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 512, 8192))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accepted.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new TcpLinkHandler(
                                core, routing, count, sessionsOf(channel.eventLoop())));
                  }
                });
    return bound(bootstrap.bind(new InetSocketAddress(config.bindAddress(), config.port())), "TCP");
  }

  private Channel bindUdp(EventLoopGroup group, int port) throws IOException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.SO_RCVBUF, UDP_RECEIVE_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(LONGEST_DATAGRAM).maxMessagesPerRead(64))
            .handler(
                new ChannelInitializer<NioDatagramChannel>() {
                  @Override
                  protected void initChannel(NioDatagramChannel channel) {
                    UdpLinkHandler handler =
                        new UdpLinkHandler(core, routing, sessionsOf(channel.eventLoop()));
                    udpTerminals = handler;
                    channel.pipeline().addLast(handler);
                  }
                });
    return bound(bootstrap.bind(new InetSocketAddress(config.bindAddress(), port)), "UDP");
  }

  private Channel bound(ChannelFuture binding, String transport) throws IOException {
    binding.awaitUninterruptibly();
    if (binding.isSuccess()) {
      return binding.channel();
    }
    throw new IOException(
        "cannot listen on "
            + transport
            + " port "
            + config.port()
            + " of "
            + config.bindAddress()
            + ": "
            + binding.cause().getMessage(),
        binding.cause());
  }

  /** The port number of both, once started. */
  public int port() {
    Channel listening = tcp;
    if (listening == null) {
      throw new IllegalStateException("not started");
    }
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Whether both transports take connections; false before the start and after the end. */
  public boolean listening() {
    Channel forTcp = tcp;
    Channel forUdp = udp;
    return forTcp != null && forTcp.isActive() && forUdp != null && forUdp.isActive();
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
    EventLoopGroup group = loops;
    if (group == null) {
      return;
    }
    loops = null;
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    for (Channel port : new @Nullable Channel[] {tcp, udp}) {
      if (port != null) {
        port.close().awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    }
    for (Channel connection : accepted) {
      TcpLinkHandler handler = connection.pipeline().get(TcpLinkHandler.class);
      if (handler != null) {
        connection.eventLoop().execute(handler::stop);
      }
    }
    accepted
        .newCloseFuture()
        .awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    long left = Math.max(0, deadline - System.nanoTime());
    group
        .shutdownGracefully(0, left, TimeUnit.NANOSECONDS)
        .awaitUninterruptibly(CLOSE_LIMIT.toMillis());
  }
}
