package io.roadcast.fleet.store;

import io.roadcast.fleet.PlateColor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The vehicles of some plates, read at once. */
final class VehiclesByPlate {
  private final Map<String, List<Found>> byPlate = new HashMap<>();

  /**
   * One of them.
   *
   * @param occupied whether a terminal is in it
   */
  record Found(
      UUID id, UUID organization, String plate, @Nullable PlateColor color, boolean occupied) {
    private boolean is(UUID owner, @Nullable PlateColor said) {
      return organization.equals(owner) && (color == null || said == null || color == said);
    }
  }

  private VehiclesByPlate() {}

  static VehiclesByPlate read(Handle handle, Collection<String> plates) {
    VehiclesByPlate vehicles = new VehiclesByPlate();
    handle
        .createQuery(
            """
            SELECT v.id, v.organization_id, v.plate, v.plate_color, i.id IS NOT NULL AS occupied
            FROM vehicle v
            LEFT JOIN installation i ON i.vehicle_id = v.id AND i.installed_to IS NULL
            WHERE v.plate = ANY(:plates) ORDER BY v.id
            """)
        .bind("plates", plates.toArray(String[]::new))
        .map(VehiclesByPlate::map)
        .forEach(vehicles::add);
    return vehicles;
  }

  private static Found map(ResultSet row, StatementContext context) throws SQLException {
    String color = Rows.optionalText(row, "plate_color");
    return new Found(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "organization_id"),
        row.getString("plate"),
        color == null ? null : PlateColor.ofLabel(color).orElse(null),
        row.getBoolean("occupied"));
  }

  void add(Found found) {
    byPlate.computeIfAbsent(found.plate, plate -> new ArrayList<>()).add(found);
  }

  /** The oldest that fits. One whose colour nobody said counts as one of every colour. */
  @Nullable Found find(UUID organization, String plate, @Nullable PlateColor color) {
    return byPlate.getOrDefault(plate, List.of()).stream()
        .filter(each -> each.is(organization, color))
        .findFirst()
        .orElse(null);
  }

  void occupy(Found found) {
    byPlate
        .getOrDefault(found.plate, List.of())
        .replaceAll(
            each ->
                each.equals(found)
                    ? new Found(found.id, found.organization, found.plate, found.color, true)
                    : each);
  }
}
