package io.roadcast.server;

import io.roadcast.jtt.gateway.Jt808Server;
import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.jtt.live.LiveStreams;
import io.roadcast.jtt.position.Position;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.fleet.TerminalStates;
import java.util.Optional;
import java.util.Set;

/** How terminals are, as the gateway and live streams see them. */
final class GatewayStates implements TerminalStates {
  private final Jt808Server gateway;
  private final LiveStreams live;

  GatewayStates(Jt808Server gateway, LiveStreams live) {
    this.gateway = gateway;
    this.live = live;
  }

  @Override
  public Set<String> online() {
    return gateway.onlineTerminals();
  }

  @Override
  public Optional<String> protocol(String terminal) {
    return gateway.links().find(terminal).map(link -> Integer.toString(link.version().year()));
  }

  @Override
  public Optional<Position> position(String terminal) {
    return gateway.positions().of(terminal);
  }

  @Override
  public ChannelStatus channel(StreamId id) {
    return live.status(id);
  }

  @Override
  public Set<Integer> busyChannels(String terminal) {
    return live.channelsOf(terminal);
  }
}
