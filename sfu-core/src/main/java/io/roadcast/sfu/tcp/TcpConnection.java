package io.roadcast.sfu.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.roadcast.sfu.udp.ConnectionPath;
import io.roadcast.sfu.udp.MediaWorker;
import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.ViewerDirectory;
import io.roadcast.sfu.webrtc.IceLite;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Its packets go to one worker, which hands them to the viewer's own if that is
 * another one; what its viewer is sent comes from whatever worker that is.
 */
final class TcpConnection extends SimpleChannelInboundHandler<ByteBuf> implements ConnectionPath {
  /** A right check has to come in this time. */
  static final Duration PROOF_TIME = Duration.ofSeconds(10);

  private final Channel channel;
  private final PeerAddress address;
  private final MediaWorker worker;
  private final ViewerDirectory directory;
  private final ConnectionCounts counts;
  private final OutgoingFrames outgoing;
  private volatile @Nullable Runnable ready;
  private volatile ConnectionEnd end = ConnectionEnd.PEER_GONE;

  // The event loop's.
  private boolean begun;
  private boolean proved;

  /**
   * @param channel connected
   */
  TcpConnection(
      Channel channel, MediaWorker worker, ViewerDirectory directory, ConnectionCounts counts) {
    super(true);
    this.channel = channel;
    this.address = PeerAddress.ofTcp((InetSocketAddress) channel.remoteAddress());
    this.worker = worker;
    this.directory = directory;
    this.counts = counts;
    this.outgoing = new OutgoingFrames(channel, this::tellReady, System::nanoTime);
  }

  // ---- the path of a viewer: any thread

  @Override
  public PeerAddress address() {
    return address;
  }

  @Override
  public boolean ready() {
    return outgoing.isReady();
  }

  @Override
  public boolean send(MemorySegment from, long offset, int length, int stride) {
    return outgoing.add(from, offset, length, stride);
  }

  @Override
  public void adopted(Runnable newReady) {
    ready = newReady;
    channel.eventLoop().execute(this::prove);
  }

  @Override
  public void close() {
    end(ConnectionEnd.VIEWER_OVER);
  }

  private void tellReady() {
    Runnable viewer = ready;
    if (viewer != null) {
      viewer.run();
    }
  }

  // ---- the event loop

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    directory.opened(this);
    channel.closeFuture().addListener(closed -> ended());
    ctx.executor().schedule(this::endUnlessProved, PROOF_TIME.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf packet) {
    byte[] bytes = ByteBufUtil.getBytes(packet);
    if (!begun && IceLite.ufragOf(bytes, 0, bytes.length) == null) {
      end(ConnectionEnd.NOT_ICE);
      return;
    }
    begun = true;
    if (!worker.received(address, bytes)) {
      counts.dropped();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end(cause instanceof TooLongFrameException ? ConnectionEnd.NOT_ICE : ConnectionEnd.PEER_GONE);
  }

  void end(ConnectionEnd reason) {
    if (channel.isActive()) {
      end = reason;
      channel.close();
    }
  }

  private void ended() {
    directory.closed(this);
    counts.ended(remote().getAddress(), proved, end);
  }

  private void prove() {
    if (!proved && channel.isActive()) {
      proved = true;
      counts.proved(remote().getAddress());
    }
  }

  private void endUnlessProved() {
    if (!proved) {
      end(ConnectionEnd.UNPROVED);
    }
  }

  private InetSocketAddress remote() {
    return (InetSocketAddress) channel.remoteAddress();
  }
}
