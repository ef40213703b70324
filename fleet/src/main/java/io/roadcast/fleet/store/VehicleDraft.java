package io.roadcast.fleet.store;

import io.roadcast.fleet.PlainText;
import io.roadcast.fleet.PlateColor;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a vehicle.
 *
 * @param plate in capitals
 * @param terminal that is in it; null for none
 */
public record VehicleDraft(
    @Nullable UUID group,
    String plate,
    @Nullable PlateColor plateColor,
    @Nullable String name,
    @Nullable UUID terminal) {
  public VehicleDraft {
    plate = PlainText.required(plate, "plate").toUpperCase(Locale.ROOT);
    name = PlainText.optional(name, "name");
  }
}
