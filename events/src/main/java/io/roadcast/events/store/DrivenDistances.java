package io.roadcast.events.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far vehicles were driven. Blocks; any thread. */
@FunctionalInterface
public interface DrivenDistances {
  /**
   * A terminal's way in a vehicle.
   *
   * @param group that the vehicle is in now
   */
  record Driven(
      String terminal,
      @Nullable UUID vehicle,
      @Nullable UUID group,
      @Nullable UUID organization,
      double kilometres) {}

  /**
   * By the odometers; without terminals that tell none.
   *
   * @param from inclusive
   * @param to exclusive
   */
  List<Driven> between(Instant from, Instant to);
}
