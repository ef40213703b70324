package io.roadcast.fleet.store;

import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.UnknownTerminal;
import io.roadcast.fleet.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Takes a terminal in without asking anybody, for a server whose admission is open: it becomes a
 * terminal of the oldest organization, in the vehicle whose plate it says.
 */
public final class Enrolment {
  private final Database database;
  private final TerminalChanges changes;

  Enrolment(Database database, TerminalChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  /**
   * Does nothing to a terminal that is there already, except that one without a vehicle gets one.
   * Blocks.
   *
   * @return the terminal's id
   */
  public UUID enrol(Sighting sighting) {
    UUID id = Refusals.explaining(() -> database.inTransaction(handle -> enrol(handle, sighting)));
    changes.tell(List.of(id));
    return id;
  }

  private static UUID enrol(Handle handle, Sighting sighting) {
    // Two connections of one terminal may come at once.
    handle
        .createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:digits, 0))")
        .bind("digits", sighting.digits())
        .mapTo(String.class)
        .findOne();
    UUID id = known(handle, sighting.digits()).orElseGet(() -> take(handle, sighting));
    Terminal terminal = Terminals.one(handle, id);
    if (terminal.vehicle() == null) {
      install(handle, terminal, sighting);
    }
    return id;
  }

  private static Optional<UUID> known(Handle handle, String digits) {
    return handle
        .createQuery(
            """
            SELECT terminal_id FROM terminal_identity
            WHERE digits = :digits AND kind <> 'imei' AND valid_to IS NULL ORDER BY kind LIMIT 1
            """)
        .bind("digits", digits)
        .mapTo(UUID.class)
        .findOne();
  }

  private static UUID take(Handle handle, Sighting sighting) {
    Instant now = Instant.now();
    UUID id =
        handle
            .createQuery("SELECT id FROM unknown_terminal WHERE digits = :digits")
            .bind("digits", sighting.digits())
            .mapTo(UUID.class)
            .findOne()
            .orElseGet(TimeOrderedId::next);
    UnknownTerminal unknown =
        new UnknownTerminal(
            id,
            sighting.digits(),
            sighting.kind(),
            sighting.raw(),
            sighting.address(),
            sighting.facts(),
            1,
            now,
            now);
    UnknownTerminals.insert(handle, unknown, Organizations.ofNobodyElse(handle), null);
    return id;
  }

  /** A vehicle that has another terminal keeps it. */
  private static void install(Handle handle, Terminal terminal, Sighting sighting) {
    String said = sighting.facts().plate();
    VehicleDraft draft =
        new VehicleDraft(
            null,
            said == null ? sighting.digits() : said,
            said == null ? null : sighting.facts().plateColor(),
            null,
            terminal.id());
    Optional<UUID> vehicle =
        Vehicles.byPlate(handle, terminal.organization(), draft.plate(), draft.plateColor());
    if (vehicle.isEmpty()) {
      Vehicles.insert(handle, terminal.organization(), draft);
    } else if (Installations.isEmpty(handle, vehicle.get())) {
      Installations.install(handle, terminal.organization(), vehicle.get(), terminal.id());
    }
  }
}
