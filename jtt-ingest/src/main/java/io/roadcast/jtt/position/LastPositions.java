package io.roadcast.jtt.position;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest position of each terminal, in memory. All methods may be called on any thread. */
public final class LastPositions {
  private final ConcurrentHashMap<String, Position> last = new ConcurrentHashMap<>();

  /** Takes a position, unless a newer one is known. */
  public void offer(Position position) {
    last.merge(
        position.terminal(),
        position,
        (known, fresh) -> fresh.at().isBefore(known.at()) ? known : fresh);
  }

  /**
   * The newest.
   *
   * @param terminal digits without leading zeros
   */
  public Optional<Position> of(String terminal) {
    return Optional.ofNullable(last.get(terminal));
  }

  public int size() {
    return last.size();
  }
}
