package io.roadcast.jtt.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808FrameDecoder;
import io.roadcast.jtt.jt808.Jt808FrameListener;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.port.ConnectionCount;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP port: one socket for all terminals, told apart by the number in the header. A datagram
 * holds one or more whole frames. Runs on the port's event loop.
 */
final class UdpLinkHandler extends SimpleChannelInboundHandler<DatagramPacket>
    implements Jt808FrameListener {
  private static final Logger LOG = LoggerFactory.getLogger(UdpLinkHandler.class);

  /** A terminal, and where its session is looked after. */
  private record Known(LinkSession session, UdpWire wire, int share, InetAddress first) {}

  private final GatewayCore core;
  private final MessageRouting routing;
  private final LoopSessions sessions;
  private final ConnectionCount<CloseReason> addresses;
  private final Jt808FrameDecoder decoder = new Jt808FrameDecoder();
  private final Map<String, Known> terminals = new HashMap<>();
  private volatile int count;
  private @Nullable ChannelHandlerContext context;
  private @Nullable InetSocketAddress sender;

  UdpLinkHandler(GatewayCore core, MessageRouting routing, LoopSessions sessions) {
    this.core = core;
    this.routing = routing;
    this.sessions = sessions;
    this.addresses =
        new ConnectionCount<>(
            core.config().connections().maxUdpTerminals(),
            core.config().connections().maxPerAddress(),
            CloseReason.TOO_MANY_CONNECTIONS,
            CloseReason.TOO_MANY_OF_ADDRESS);
  }

  int terminals() {
    return count;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
    sender = datagram.sender();
    decoder.read(datagram.content(), this);
    decoder.end(this);
  }

  @Override
  public void fault(FrameFault fault, int bytes) {
    core.statistics().countDropped(DropReason.BAD_FRAME);
  }

  @Override
  public void frame(Jt808Frame frame) {
    InetSocketAddress from = sender;
    ChannelHandlerContext ctx = context;
    if (from == null || ctx == null) {
      return;
    }
    String terminal = frame.header().phone().digits();
    Known known = terminals.get(terminal);
    if (known == null) {
      int id = frame.header().messageId();
      if (id != Registration.ID && id != Authentication.ID) {
        stranger(ctx, from, frame);
        return;
      }
      known = open(ctx, terminal, from);
      if (known == null) {
        core.statistics().countDropped(DropReason.NO_ROOM);
        return;
      }
    } else if (!known.wire().remote().equals(from)) {
      known.wire().heardFrom(from);
      core.statistics().hasRoamed();
    }
    try {
      known.session().frame(frame, System.nanoTime());
    } catch (RuntimeException mistake) {
      LOG.error("[jt808 {}] dropped by an error of ours", terminal, mistake);
      known.session().close(CloseReason.ERROR);
    }
  }

  /** Is told that it has to authenticate itself, and not remembered. */
  private void stranger(ChannelHandlerContext ctx, InetSocketAddress from, Jt808Frame frame) {
    UdpWire wire = new UdpWire(ctx.channel(), from, reason -> {});
    long now = System.nanoTime();
    core.statistics().countDropped(DropReason.UNAUTHENTICATED);
    new LinkSession(core, wire, routing, now).refuse(frame.header());
  }

  private @Nullable Known open(ChannelHandlerContext ctx, String terminal, InetSocketAddress from) {
    if (terminals.size() >= core.config().connections().maxUdpTerminals()
        || addresses.enter(from.getAddress()) != null) {
      return null;
    }
    core.statistics().connected();
    UdpWire wire = new UdpWire(ctx.channel(), from, reason -> end(terminal, reason));
    LinkSession session = new LinkSession(core, wire, routing, System.nanoTime());
    Known known = new Known(session, wire, sessions.add(session), from.getAddress());
    terminals.put(terminal, known);
    count = terminals.size();
    return known;
  }

  private void end(String terminal, CloseReason reason) {
    Known known = terminals.remove(terminal);
    if (known != null) {
      count = terminals.size();
      sessions.remove(known.session(), known.share());
      addresses.leave(known.first());
      known.session().closed(reason);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    List<String> all = new ArrayList<>(terminals.keySet());
    all.forEach(terminal -> end(terminal, CloseReason.STOPPING));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.warn("[jt808 udp] {}", cause.toString());
  }
}
