package io.roadcast.jtt.jt1078;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
  private static final int MAX_THREADS = 4;
  private static final int UDP_RECEIVE_BYTES = 4 * 1024 * 1024;
  private static final int BACKLOG = 1024;
  private static final int ATTEMPTS_FOR_ANY_PORT = 20;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Jt1078Config config;
  private final Router router;
  private final ExpectedTerminals expected;
  private final IngestStatistics statistics = new IngestStatistics();
  private final ConnectionGate gate;
  private final Set<UplinkConnection> connections = ConcurrentHashMap.newKeySet();
  private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable EventLoopGroup loops;
  private volatile @Nullable Channel tcp;
  private volatile @Nullable Channel udp;

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
    this.gate = new ConnectionGate(config.maxConnections(), config.maxConnectionsPerAddress());
  }

  /**
   * Listens on TCP and UDP.
   *
   * @throws IOException if the port cannot be had
   */
  public void start() throws IOException {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    String name = "jt1078-" + config.quality().label();
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    loops = group;
    try {
      bind(group);
    } catch (IOException e) {
      close();
      throw e;
    }
    LOG.info(
        "[jt1078] listening for {} streams on {}:{} (TCP, UDP)",
        config.quality().label(),
        config.bindAddress(),
        port());
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

  private Channel bindTcp(EventLoopGroup group) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(512, 4096, 64 * 1024))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accepted.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new TcpUplinkHandler(
                                config, router, statistics, gate, connections, expected));
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
                new FixedRecvByteBufAllocator(
                    Jt1078Packet.headerBytes(IdWidth.TEN, PacketType.I_FRAME)
                        + config.maxBodyBytes()))
            .handler(new UdpUplinkHandler(config, router, statistics, connections, expected));
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
    for (Channel connection : accepted) {
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
    EventLoopGroup group = loops;
    if (group == null) {
      return;
    }
    loops = null;
    long deadline = System.nanoTime() + limit.toNanos();
    for (Channel port : new @Nullable Channel[] {tcp, udp}) {
      if (port != null) {
        port.close().awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    }
    for (Channel connection : accepted) {
      TcpUplinkHandler.stop(connection);
    }
    accepted
        .newCloseFuture()
        .awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    long left = Math.max(0, deadline - System.nanoTime());
    group.shutdownGracefully(0, left, TimeUnit.NANOSECONDS).awaitUninterruptibly(limit.toMillis());
  }
}
