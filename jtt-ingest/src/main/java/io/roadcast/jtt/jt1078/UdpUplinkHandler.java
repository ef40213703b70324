package io.roadcast.jtt.jt1078;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import io.roadcast.jtt.port.ConnectionCount;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP port: keeps a bounded number of flows by source address. A flow that was taken over stays
 * listed, and ignored, until it is idle, so that two senders of one stream do not take turns. Runs
 * on the port's event loop.
 */
final class UdpUplinkHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LoggerFactory.getLogger(UdpUplinkHandler.class);
  private static final long TICK_MILLIS = 20;

  private final Jt1078Config config;
  private final Router router;
  private final IngestStatistics statistics;
  private final ConnectionCount<CloseReason> gate;
  private final Set<UplinkConnection> connections;
  private final ExpectedTerminals expected;
  private final Map<InetSocketAddress, UdpFlow> flows = new HashMap<>();
  private final BadInputLog badInput = new BadInputLog("udp");
  private long nextIdleCheckNanos;

  /** Only while there are flows: most cameras use TCP, and fifty turns a second are not free. */
  private @Nullable ScheduledFuture<?> ticking;

  /**
   * @param connections where flows are listed while they last
   */
  UdpUplinkHandler(
      Jt1078Config config,
      Router router,
      IngestStatistics statistics,
      Set<UplinkConnection> connections,
      ExpectedTerminals expected) {
    this.config = config;
    this.router = router;
    this.statistics = statistics;
    this.gate =
        new ConnectionCount<>(
            config.maxUdpFlows(),
            config.maxConnectionsPerAddress(),
            CloseReason.TOO_MANY_CONNECTIONS,
            CloseReason.TOO_MANY_OF_ADDRESS);
    this.connections = connections;
    this.expected = expected;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
    long now = System.nanoTime();
    UdpFlow flow = flowOf(datagram, now);
    if (flow == null) {
      statistics.dropped(DropReason.FOREIGN_DATAGRAM, 1);
      badInput.note("datagram of " + datagram.content().readableBytes() + " bytes", now);
      return;
    }
    try {
      flow.datagram(datagram.content().retain(), now);
    } catch (RuntimeException e) {
      LOG.error("[udp {}] flow dropped by an error of ours", datagram.sender(), e);
      flows.remove(datagram.sender());
      end(datagram.sender(), flow, CloseReason.ERROR);
    }
    if (ticking == null) {
      ticking =
          ctx.executor()
              .scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private @Nullable UdpFlow flowOf(DatagramPacket datagram, long now) {
    if (!UdpFlow.plausible(datagram.content())) {
      return null;
    }
    InetSocketAddress sender = datagram.sender();
    UdpFlow flow = flows.get(sender);
    if (flow == null && gate.enter(sender.getAddress()) == null) {
      flow = open(sender);
      flows.put(sender, flow);
    }
    return flow;
  }

  private UdpFlow open(InetSocketAddress sender) {
    SourceInfo source = new SourceInfo("jtt1078", "udp", Addresses.text(sender));
    UplinkConnection uplink =
        new UplinkConnection(source, config, router, statistics, expected, () -> {});
    connections.add(uplink);
    return new UdpFlow(uplink, config, statistics, expected);
  }

  private void tick() {
    long now = System.nanoTime();
    boolean checkIdle = now - nextIdleCheckNanos >= 0;
    if (checkIdle) {
      nextIdleCheckNanos = now + config.udpFlowTimeout().toNanos() / 8;
    }
    Iterator<Map.Entry<InetSocketAddress, UdpFlow>> each = flows.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<InetSocketAddress, UdpFlow> entry = each.next();
      UdpFlow flow = entry.getValue();
      flow.expire(now);
      if (checkIdle && flow.idle(now, config.udpFlowTimeout().toNanos())) {
        each.remove();
        end(entry.getKey(), flow, CloseReason.SILENT);
      }
    }
    if (flows.isEmpty()) {
      stopTicking();
    }
  }

  private void stopTicking() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }

  private void end(InetSocketAddress sender, UdpFlow flow, CloseReason reason) {
    gate.leave(sender.getAddress());
    connections.remove(flow.uplink());
    flow.close(flow.uplink().superseded() ? CloseReason.SUPERSEDED : reason);
    LOG.info(
        "[udp {}] over after {} packets: {}",
        Addresses.text(sender),
        flow.uplink().packets(),
        reason.text());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    flows.forEach((sender, flow) -> end(sender, flow, CloseReason.STOPPING));
    flows.clear();
    stopTicking();
    badInput.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.warn("[udp] {}", cause.toString());
  }
}
