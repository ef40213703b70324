package io.roadcast.fleet.store;

import io.roadcast.fleet.Channel;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.Vehicle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle with what is in it now.
 *
 * @param channels of the terminal
 */
public record VehicleEntry(Vehicle vehicle, @Nullable Terminal terminal, List<Channel> channels) {
  public VehicleEntry {
    channels = List.copyOf(channels);
  }
}
