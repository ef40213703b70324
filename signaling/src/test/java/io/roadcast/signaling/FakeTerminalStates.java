package io.roadcast.signaling;

import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.jtt.position.Position;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.fleet.TerminalStates;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Terminals that a test says are there. */
public final class FakeTerminalStates implements TerminalStates {
  public final Map<String, String> connected = new ConcurrentHashMap<>();
  public final Map<StreamId, ChannelStatus> channels = new ConcurrentHashMap<>();
  public final Map<String, Position> positions = new ConcurrentHashMap<>();

  @Override
  public Set<String> online() {
    return Set.copyOf(connected.keySet());
  }

  @Override
  public Optional<String> protocol(String terminal) {
    return Optional.ofNullable(connected.get(terminal));
  }

  @Override
  public Optional<Position> position(String terminal) {
    return Optional.ofNullable(positions.get(terminal));
  }

  @Override
  public ChannelStatus channel(StreamId id) {
    return channels.getOrDefault(id, ChannelStatus.IDLE);
  }

  @Override
  public Set<Integer> busyChannels(String terminal) {
    return channels.keySet().stream()
        .filter(id -> id.terminal().equals(terminal))
        .map(StreamId::channel)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
