package io.roadcast.fleet.store;

import io.roadcast.fleet.Installation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Puts terminals into vehicles and takes them out. */
final class Installations {
  private Installations() {}

  /** Takes it out of the vehicle it was in. The vehicle must have none. */
  static void install(Handle handle, UUID organization, UUID vehicle, UUID terminal) {
    endOfTerminal(handle, terminal);
    NewRecords fresh = new NewRecords(handle);
    fresh.installation(organization, vehicle, terminal);
    fresh.write();
  }

  static void endOfTerminal(Handle handle, UUID terminal) {
    handle.execute(
        "UPDATE installation SET installed_to = now() WHERE terminal_id = ? AND installed_to IS"
            + " NULL",
        terminal);
  }

  static void endOfVehicle(Handle handle, UUID vehicle) {
    handle.execute(
        "UPDATE installation SET installed_to = now() WHERE vehicle_id = ? AND installed_to IS"
            + " NULL",
        vehicle);
  }

  /**
   * Puts an adopted terminal into the vehicle that it is to be in, if any.
   *
   * @return the terminals that had to leave it
   */
  static List<UUID> equip(
      Handle handle, UUID organization, UUID terminal, UnknownTerminals.Adoption wish) {
    UUID vehicle = wish.vehicle();
    if (vehicle == null && wish.plate() == null) {
      return List.of();
    }
    if (vehicle == null) {
      VehicleDraft draft =
          new VehicleDraft(
              wish.group(), String.valueOf(wish.plate()), wish.plateColor(), wish.name(), null);
      vehicle =
          Vehicles.byPlate(handle, organization, draft.plate(), draft.plateColor())
              .orElseGet(() -> Vehicles.insert(handle, organization, draft));
    }
    List<UUID> leaving =
        handle
            .createQuery(
                """
                SELECT terminal_id FROM installation
                WHERE vehicle_id = :vehicle AND installed_to IS NULL
                """)
            .bind("vehicle", vehicle)
            .mapTo(UUID.class)
            .list();
    endOfVehicle(handle, vehicle);
    install(handle, organization, vehicle, terminal);
    return leaving;
  }

  static Installation map(ResultSet row, StatementContext context) throws SQLException {
    return new Installation(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "organization_id"),
        Rows.uuid(row, "vehicle_id"),
        Rows.uuid(row, "terminal_id"),
        Rows.instant(row, "installed_from"),
        Rows.optionalInstant(row, "installed_to"));
  }
}
