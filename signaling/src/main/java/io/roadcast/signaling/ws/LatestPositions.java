package io.roadcast.signaling.ws;

import io.roadcast.jtt.position.Position;
import io.roadcast.signaling.fleet.PositionView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Positions that are not yet told: of each terminal the newest. Any thread. */
final class LatestPositions {
  /** As it is told. */
  record Message(String type, @Nullable UUID vehicle, String terminal, PositionView position) {}

  private record Latest(Position position, @Nullable UUID vehicle) {}

  private final ConcurrentHashMap<String, Latest> waiting = new ConcurrentHashMap<>();

  void offer(Position position, @Nullable UUID vehicle) {
    waiting.put(position.terminal(), new Latest(position, vehicle));
  }

  /** Takes all. */
  List<Message> take() {
    List<Message> taken = new ArrayList<>();
    for (String terminal : waiting.keySet()) {
      Latest latest = waiting.remove(terminal);
      if (latest != null) {
        taken.add(
            new Message(
                "vehicle.position", latest.vehicle, terminal, PositionView.of(latest.position)));
      }
    }
    return taken;
  }

  void clear() {
    waiting.clear();
  }
}
