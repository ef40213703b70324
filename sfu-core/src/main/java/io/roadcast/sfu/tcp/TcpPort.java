package io.roadcast.sfu.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.roadcast.sfu.udp.MediaWorker;
import io.roadcast.sfu.udp.ReceiveBatch;
import io.roadcast.sfu.udp.ViewerDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes connections of viewers. A connection belongs to one event loop for life. Start and close
 * are called once, on any thread but an event loop.
 */
public final class TcpPort implements AutoCloseable {
  private static final int BACKLOG = 1024;

  /**
   * What the system may hold unsent for a connection, about: more would only make pictures late.
   */
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  private static final long CLOSE_MILLIS = 2000;

  private final EventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<MediaWorker> workers;
  private final ViewerDirectory directory;
  private final ConnectionCounts counts;
  private final AtomicInteger accepted = new AtomicInteger();

  private TcpPort(List<MediaWorker> workers, ViewerDirectory directory, int maxConnections) {
    this.workers = List.copyOf(workers);
    this.directory = directory;
    this.counts = new ConnectionCounts(maxConnections);
    this.loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("ice-tcp", true), NioIoHandler.newFactory());
  }

  /**
   * Opens the port, before its number is told to anybody.
   *
   * @throws IOException if it is taken
   */
  public static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      return socket.bind(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Begins to take connections.
   *
   * @param bound from {@link #bind}; closed with this
   * @throws IOException if the event loop can not have it
   */
  public static TcpPort start(
      ServerSocketChannel bound,
      List<MediaWorker> workers,
      ViewerDirectory directory,
      int maxConnections)
      throws IOException {
    TcpPort port = new TcpPort(workers, directory, maxConnections);
    ChannelFuture registered = port.bootstrap(bound).register().awaitUninterruptibly();
    if (!registered.isSuccess()) {
      port.close();
      throw new IOException("TCP connections can not be taken", registered.cause());
    }
    port.channels.add(registered.channel());
    return port;
  }

  public TcpStatistics statistics() {
    return counts.snapshot();
  }

  @Override
  public void close() {
    channels.close().awaitUninterruptibly(CLOSE_MILLIS);
    loops
        .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }

  private ServerBootstrap bootstrap(ServerSocketChannel bound) {
    return new ServerBootstrap()
        .group(loops)
        .channelFactory(() -> new NioServerSocketChannel(bound))
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel);
              }
            });
  }

  private void accept(SocketChannel channel) {
    if (channel.remoteAddress() == null) {
      channel.close(); // it is gone again
      return;
    }
    channels.add(channel);
    MediaWorker worker = workers.get(Math.floorMod(accepted.getAndIncrement(), workers.size()));
    TcpConnection connection = new TcpConnection(channel, worker, directory, counts);
    channel
        .pipeline()
        .addLast(
            new LengthFieldBasedFrameDecoder(
                OutgoingFrames.LENGTH_BYTES + ReceiveBatch.SLOT_BYTES,
                0,
                OutgoingFrames.LENGTH_BYTES,
                0,
                OutgoingFrames.LENGTH_BYTES))
        .addLast(connection);
    if (!counts.enter(channel.remoteAddress().getAddress())) {
      connection.end(ConnectionEnd.REFUSED);
    }
  }
}
