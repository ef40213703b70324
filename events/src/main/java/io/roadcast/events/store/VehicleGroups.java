package io.roadcast.events.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The groups that vehicles are in, the nearest first. */
final class VehicleGroups {
  private static final String WITHIN =
      """
      WITH RECURSIVE above(vehicle, id, depth) AS (
        SELECT id, group_id, 0 FROM vehicle WHERE id = ANY(:vehicles) AND group_id IS NOT NULL
        UNION ALL
        SELECT a.vehicle, g.parent_id, a.depth + 1 FROM above a
          JOIN vehicle_group g ON g.id = a.id WHERE g.parent_id IS NOT NULL AND a.depth < 50)
      SELECT vehicle, id FROM above ORDER BY vehicle, depth
      """;

  private final Map<UUID, List<UUID>> groups = new HashMap<>();

  private VehicleGroups() {}

  static VehicleGroups read(Handle handle, List<UUID> vehicles) {
    VehicleGroups all = new VehicleGroups();
    if (!vehicles.isEmpty()) {
      handle
          .createQuery(WITHIN)
          .bind("vehicles", new HashSet<>(vehicles).toArray(UUID[]::new))
          .map(
              (row, context) ->
                  all.groups
                      .computeIfAbsent(EventRows.uuid(row, "vehicle"), any -> new ArrayList<>())
                      .add(EventRows.uuid(row, "id")))
          .list();
    }
    return all;
  }

  List<UUID> of(@Nullable UUID vehicle) {
    return vehicle == null ? List.of() : groups.getOrDefault(vehicle, List.of());
  }
}
