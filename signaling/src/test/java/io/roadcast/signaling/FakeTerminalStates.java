package io.roadcast.signaling;

import io.roadcast.jtt.position.Position;
import io.roadcast.signaling.fleet.TerminalStates;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Terminals that a test says are there. */
public final class FakeTerminalStates implements TerminalStates {
  public final Map<String, String> connected = new ConcurrentHashMap<>();
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
  public String channelState(String terminal, int channel) {
    return connected.containsKey(terminal) ? "live" : "idle";
  }
}
