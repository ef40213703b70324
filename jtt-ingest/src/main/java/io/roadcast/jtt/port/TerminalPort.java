package io.roadcast.jtt.port;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One port number of TCP and UDP with event loops of its own. A connection belongs to one event
 * loop for life; the UDP port has one. It is opened and closed once, on any thread but an event
 * loop.
 */
public final class TerminalPort {
  private static final int MAX_THREADS = 4;
  private static final int ATTEMPTS_FOR_ANY_PORT = 20;

  private final String name;
  private final String bindAddress;
  private final int wanted;
  private final Guests guests;
  private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable EventLoopGroup loops;
  private volatile @Nullable Channel tcp;
  private volatile @Nullable Channel udp;

  /** What is spoken at a port. */
  public interface Guests {
    /** Options of the sockets, besides those that all ports have. */
    void configure(ServerBootstrap tcp, Bootstrap udp);

    /** Gives a connection its handlers. On its event loop. */
    void connected(SocketChannel connection);

    /** Gives the UDP port its handlers. On its event loop. */
    void opened(NioDatagramChannel datagrams);

    /** Has a connection say its last word and close, because the port closes. On any thread. */
    void stop(Channel connection);
  }

  /**
   * @param name of the threads
   * @param bindAddress host or address to listen on
   * @param wanted 0 for any number that is free for both
   */
  public TerminalPort(String name, String bindAddress, int wanted, Guests guests) {
    this.name = name;
    this.bindAddress = bindAddress;
    this.wanted = wanted;
    this.guests = guests;
  }

  /**
   * Listens.
   *
   * @throws IOException if the number can not be had; nothing is left open
   */
  public void open() throws IOException {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    loops = group;
    try {
      bind(group);
    } catch (IOException e) {
      close(Duration.ofSeconds(1));
      throw e;
    }
  }

  private void bind(EventLoopGroup group) throws IOException {
    ServerBootstrap forTcp = forTcp(group);
    Bootstrap forUdp = forUdp(group);
    guests.configure(forTcp, forUdp);
    IOException refused = new IOException("no port");
    int attempts = wanted == 0 ? ATTEMPTS_FOR_ANY_PORT : 1;
    for (int attempt = 0; attempt < attempts; attempt++) {
      Channel listening = bound(forTcp.bind(new InetSocketAddress(bindAddress, wanted)), "TCP");
      int number = ((InetSocketAddress) listening.localAddress()).getPort();
      try {
        udp = bound(forUdp.bind(new InetSocketAddress(bindAddress, number)), "UDP");
        tcp = listening;
        return;
      } catch (IOException e) {
        listening.close().awaitUninterruptibly();
        refused = e;
      }
    }
    throw refused;
  }

  private ServerBootstrap forTcp(EventLoopGroup group) {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel connection) {
                accepted.add(connection);
                guests.connected(connection);
              }
            });
  }

  private Bootstrap forUdp(EventLoopGroup group) {
    return new Bootstrap()
        .group(group)
        .channel(NioDatagramChannel.class)
        .handler(
            new ChannelInitializer<NioDatagramChannel>() {
              @Override
              protected void initChannel(NioDatagramChannel datagrams) {
                guests.opened(datagrams);
              }
            });
  }

  private Channel bound(ChannelFuture binding, String transport) throws IOException {
    binding.awaitUninterruptibly();
    if (binding.isSuccess()) {
      return binding.channel();
    }
    throw new IOException(
        "cannot listen on %s port %d of %s: %s"
            .formatted(transport, wanted, bindAddress, binding.cause().getMessage()),
        binding.cause());
  }

  /** Of both transports, once open. */
  public int number() {
    Channel listening = tcp;
    if (listening == null) {
      throw new IllegalStateException("not started");
    }
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Whether both transports take connections; false before it is opened and after its end. */
  public boolean listening() {
    Channel forTcp = tcp;
    Channel forUdp = udp;
    return forTcp != null && forTcp.isActive() && forUdp != null && forUdp.isActive();
  }

  /** The TCP connections at this moment. */
  public Iterable<Channel> connections() {
    return accepted;
  }

  /**
   * Stops listening and closes all connections.
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
    accepted.forEach(guests::stop);
    accepted
        .newCloseFuture()
        .awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    long left = Math.max(0, deadline - System.nanoTime());
    group.shutdownGracefully(0, left, TimeUnit.NANOSECONDS).awaitUninterruptibly(limit.toMillis());
  }
}
