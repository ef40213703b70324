package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.roadcast.jtt.port.ConnectionCount;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection of a terminal: cuts its bytes into packets, and closes it when it is silent,
 * sends garbage, or was taken over by a newer connection. Runs on the connection's event loop.
 */
final class TcpUplinkHandler extends ByteToMessageDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(TcpUplinkHandler.class);

  /** How long the id's width may stay open for want of a second packet. */
  private static final long WIDTH_PATIENCE_MILLIS = 200;

  private final Jt1078Config config;
  private final Router router;
  private final IngestStatistics statistics;
  private final ConnectionCount<CloseReason> gate;
  private final Set<UplinkConnection> connections;
  private final ExpectedTerminals expected;
  private final Jt1078PacketDecoder decoder;
  private @Nullable UplinkConnection uplink;
  private @Nullable InetSocketAddress remote;
  private @Nullable CloseReason closing;
  private boolean widthTimerRuns;
  private long lastPacketNanos;

  /**
   * @param connections where this one is listed while it lasts
   */
  TcpUplinkHandler(
      Jt1078Config config,
      Router router,
      IngestStatistics statistics,
      ConnectionCount<CloseReason> gate,
      Set<UplinkConnection> connections,
      ExpectedTerminals expected) {
    this.config = config;
    this.router = router;
    this.statistics = statistics;
    this.gate = gate;
    this.connections = connections;
    this.expected = expected;
    this.decoder =
        new Jt1078PacketDecoder(config.maxBodyBytes(), config.maxGarbageBytes(), expected);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress address)) {
      ctx.close(); // the terminal is gone already
      return;
    }
    CloseReason refusal = gate.enter(address.getAddress());
    if (refusal != null) {
      statistics.connectionEnded(refusal);
      closing = refusal;
      ctx.close();
      return;
    }
    remote = address;
    SourceInfo source = new SourceInfo("jtt1078", "tcp", Addresses.text(address));
    uplink =
        new UplinkConnection(
            source,
            config,
            router,
            statistics,
            expected,
            () -> onLoop(ctx, this::closeIfSuperseded));
    connections.add(uplink);
    lastPacketNanos = System.nanoTime();
    watchSilence(ctx, config.silentTimeout().toNanos());
  }

  private static void onLoop(ChannelHandlerContext ctx, Consumer<ChannelHandlerContext> task) {
    if (!ctx.executor().isShuttingDown()) {
      ctx.executor().execute(() -> task.accept(ctx));
    }
  }

  private void closeIfSuperseded(ChannelHandlerContext ctx) {
    if (uplink != null && uplink.superseded()) {
      close(ctx, CloseReason.SUPERSEDED);
    }
  }

  private void watchSilence(ChannelHandlerContext ctx, long delayNanos) {
    ctx.executor().schedule(() -> closeIfSilent(ctx), delayNanos, TimeUnit.NANOSECONDS);
  }

  private void closeIfSilent(ChannelHandlerContext ctx) {
    UplinkConnection open = uplink;
    if (open == null || closing != null) {
      return;
    }
    if (open.paused()) {
      // Looked at more often, so that a terminal that goes on has time for its first packet.
      lastPacketNanos = System.nanoTime();
      watchSilence(ctx, config.silentTimeout().toNanos() / 4);
      return;
    }
    long left = lastPacketNanos + config.silentTimeout().toNanos() - System.nanoTime();
    if (left > 0) {
      watchSilence(ctx, left);
    } else {
      close(ctx, open.packets() == 0 ? CloseReason.NEVER_SENT : CloseReason.SILENT);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    readPackets(ctx, in);
  }

  private void readPackets(ChannelHandlerContext ctx, ByteBuf in) {
    UplinkConnection open = uplink;
    if (open == null || closing != null) {
      in.skipBytes(in.readableBytes());
      return;
    }
    long now = System.nanoTime();
    for (Jt1078Packet packet = decoder.next(in); packet != null; packet = decoder.next(in)) {
      lastPacketNanos = now;
      open.packet(packet, now);
    }
    open.noteBadInput(decoder, now);
    if (decoder.abused()) {
      in.skipBytes(in.readableBytes());
      close(ctx, CloseReason.GARBAGE);
    } else if (decoder.undecided() && in.isReadable() && !widthTimerRuns) {
      widthTimerRuns = true;
      ctx.executor().schedule(() -> decideWidth(ctx), WIDTH_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void decideWidth(ChannelHandlerContext ctx) {
    widthTimerRuns = false;
    if (!ctx.isRemoved() && decoder.undecided()) {
      decoder.decideNow();
      readPackets(ctx, internalBuffer());
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    decoder.decideNow();
    readPackets(ctx, in);
    decoder.finish(in);
    if (uplink != null) {
      uplink.noteBadInput(decoder, System.nanoTime());
    }
  }

  private void close(ChannelHandlerContext ctx, CloseReason reason) {
    if (closing == null) {
      closing = reason;
      ctx.close();
    }
  }

  /** The server stops: closes a connection, in order. May be called on any thread. */
  static void stop(Channel connection) {
    with(connection, (handler, ctx) -> handler.close(ctx, CloseReason.STOPPING));
  }

  /** Closes a connection that publishes this stream and no other. May be called on any thread. */
  static void end(Channel connection, StreamId stream) {
    with(
        connection,
        (handler, ctx) -> {
          if (handler.uplink != null && handler.uplink.publishesOnly(stream)) {
            handler.close(ctx, CloseReason.UNWANTED);
          }
        });
  }

  private static void with(
      Channel connection, BiConsumer<TcpUplinkHandler, ChannelHandlerContext> task) {
    ChannelHandlerContext found = connection.pipeline().context(TcpUplinkHandler.class);
    if (found != null && found.handler() instanceof TcpUplinkHandler handler) {
      onLoop(found, ctx -> task.accept(handler, ctx));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    UplinkConnection open = uplink;
    InetSocketAddress address = remote;
    if (open == null || address == null) {
      return;
    }
    uplink = null;
    gate.leave(address.getAddress());
    connections.remove(open);
    CloseReason reason = closing == null ? CloseReason.BY_TERMINAL : closing;
    open.close(reason);
    LOG.info(
        "[tcp {}] closed after {} packets: {}",
        Addresses.text(address),
        open.packets(),
        reason.text());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("[tcp {}] {}", ctx.channel().remoteAddress(), cause.getMessage());
      close(ctx, CloseReason.BY_TERMINAL);
      return;
    }
    LOG.error("[tcp {}] closed by an error of ours", ctx.channel().remoteAddress(), cause);
    close(ctx, CloseReason.ERROR);
  }
}
