package io.roadcast.jtt.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808FrameDecoder;
import io.roadcast.jtt.jt808.Jt808FrameListener;
import io.roadcast.jtt.port.ConnectionCount;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection of a terminal, the only handler in its pipeline. Keeps no more bytes than the
 * frame that is coming in. Runs on the connection's event loop.
 */
final class TcpLinkHandler extends ChannelInboundHandlerAdapter implements Jt808FrameListener {
  private static final Logger LOG = LoggerFactory.getLogger(TcpLinkHandler.class);

  private final GatewayCore core;
  private final MessageRouting routing;
  private final ConnectionCount<CloseReason> count;
  private final LoopSessions sessions;
  private final Jt808FrameDecoder decoder = new Jt808FrameDecoder();
  private @Nullable TcpWire wire;
  private @Nullable LinkSession session;
  private int share;
  private int bytesWithoutFrame;

  TcpLinkHandler(
      GatewayCore core,
      MessageRouting routing,
      ConnectionCount<CloseReason> count,
      LoopSessions sessions) {
    this.core = core;
    this.routing = routing;
    this.count = count;
    this.sessions = sessions;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress address)) {
      ctx.close(); // the terminal is gone already
      return;
    }
    CloseReason refusal = count.enter(address.getAddress());
    if (refusal != null) {
      core.statistics().countClosed(refusal);
      ctx.close();
      return;
    }
    core.statistics().connected();
    TcpWire fresh = new TcpWire(ctx.channel(), address);
    LinkSession open = new LinkSession(core, fresh, routing, System.nanoTime());
    wire = fresh;
    session = open;
    share = sessions.add(open);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      TcpWire open = wire;
      if (message instanceof ByteBuf bytes && open != null && open.closing() == null) {
        bytesWithoutFrame += bytes.readableBytes();
        open.gather();
        decoder.read(bytes, this);
        if (bytesWithoutFrame > core.config().maxGarbageBytes()) {
          open.close(CloseReason.GARBAGE);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (wire != null) {
      wire.sendGathered();
    }
  }

  @Override
  public void frame(Jt808Frame frame) {
    bytesWithoutFrame = 0;
    if (session != null) {
      session.frame(frame, System.nanoTime());
    }
  }

  @Override
  public void fault(FrameFault fault, int bytes) {
    core.statistics().countDropped(DropReason.BAD_FRAME);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    TcpWire ended = wire;
    LinkSession over = session;
    if (ended == null || over == null) {
      return;
    }
    wire = null;
    session = null;
    decoder.end(this);
    sessions.remove(over, share);
    count.leave(ended.remote().getAddress());
    CloseReason reason = ended.closing();
    over.closed(reason == null ? CloseReason.BY_TERMINAL : reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("[jt808 {}] {}", ctx.channel().remoteAddress(), cause.getMessage());
      ctx.close();
    } else {
      LOG.error("[jt808 {}] closed by an error of ours", ctx.channel().remoteAddress(), cause);
      if (wire != null) {
        wire.close(CloseReason.ERROR);
      }
    }
  }

  /** The server stops. Runs on the event loop. */
  void stop() {
    if (wire != null) {
      wire.close(CloseReason.STOPPING);
    }
  }
}
