package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes terminals in without asking anybody, for a server whose admission is open: each becomes a
 * terminal of the oldest organization, in the vehicle whose plate it says.
 */
public final class Enrolment {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

  private final Database database;
  private final PlannerStatistics statistics;
  private final TerminalChanges changes;

  Enrolment(Database database, PlannerStatistics statistics, TerminalChanges changes) {
    this.database = database;
    this.statistics = statistics;
    this.changes = changes;
  }

  /**
   * Takes all in with one transaction; if one of them can not be, the others come in all the same.
   * Does nothing to a terminal that is there already, except that one without a vehicle gets one.
   * Blocks.
   *
   * @return ids by digits, of those that are there now
   */
  public Map<String, UUID> enrol(Collection<Sighting> sightings) {
    Map<String, Sighting> newest = new LinkedHashMap<>();
    sightings.forEach(each -> newest.merge(each.digits(), each, Sighting::updatedBy));
    Map<String, UUID> ids = new HashMap<>();
    try {
      enrol(List.copyOf(newest.values()), ids);
    } finally {
      if (!ids.isEmpty()) {
        changes.tell(ids.values());
      }
    }
    statistics.grown(ids.size());
    return ids;
  }

  private void enrol(List<Sighting> sightings, Map<String, UUID> ids) {
    try {
      ids.putAll(Refusals.inTransaction(database, handle -> enrol(handle, sightings)));
    } catch (FleetException | JdbiException refusal) {
      int half = sightings.size() / 2;
      if (half == 0) {
        LOG.warn("terminal {}: {}", sightings.getFirst().digits(), refusal.getMessage());
        return;
      }
      enrol(sightings.subList(0, half), ids);
      enrol(sightings.subList(half, sightings.size()), ids);
    }
  }

  private static Map<String, UUID> enrol(Handle handle, List<Sighting> sightings) {
    // Two nodes may meet one terminal at once.
    handle
        .createQuery("SELECT pg_advisory_xact_lock(hashtext('enrolment'))")
        .mapTo(String.class)
        .findOne();
    String[] digits = sightings.stream().map(Sighting::digits).toArray(String[]::new);
    Map<String, Known> known = known(handle, digits);
    Map<String, UUID> unknown = unknown(handle, digits);
    UUID organization = Organizations.ofNobodyElse(handle);
    NewRecords fresh = new NewRecords(handle);
    Map<Known, Sighting> homeless = new LinkedHashMap<>();
    Map<String, UUID> ids = new HashMap<>();
    for (Sighting sighting : sightings) {
      Known terminal = known.get(sighting.digits());
      if (terminal == null) {
        UUID id = unknown.getOrDefault(sighting.digits(), TimeOrderedId.next());
        TerminalDraft draft = new TerminalDraft(null, sighting.identities());
        fresh.terminal(id, organization, draft, sighting.facts());
        terminal = new Known(id, organization, false);
      }
      ids.put(sighting.digits(), terminal.id);
      if (!terminal.installed) {
        homeless.putIfAbsent(terminal, sighting);
      }
    }
    VehiclesByPlate vehicles = VehiclesByPlate.read(handle, plates(homeless.values()));
    homeless.forEach((terminal, sighting) -> install(fresh, vehicles, sighting, terminal));
    fresh.write();
    return ids;
  }

  /** A terminal that is there, and whether it is in a vehicle. */
  private record Known(UUID id, UUID organization, boolean installed) {}

  private static Map<String, Known> known(Handle handle, String[] digits) {
    Map<String, Known> found = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT n.digits, n.terminal_id, n.organization_id, i.id IS NOT NULL AS installed
            FROM terminal_identity n
            LEFT JOIN installation i ON i.terminal_id = n.terminal_id AND i.installed_to IS NULL
            WHERE n.digits = ANY(:digits) AND n.kind <> 'imei' AND n.valid_to IS NULL
            ORDER BY n.kind
            """)
        .bind("digits", digits)
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("digits"),
                    new Known(
                        Rows.uuid(row, "terminal_id"),
                        Rows.uuid(row, "organization_id"),
                        row.getBoolean("installed"))))
        .forEach(each -> found.putIfAbsent(each.getKey(), each.getValue()));
    return found;
  }

  /** One that came by before it was let in keeps its id. */
  private static Map<String, UUID> unknown(Handle handle, String[] digits) {
    Map<String, UUID> found = new HashMap<>();
    handle
        .createQuery("SELECT digits, id FROM unknown_terminal WHERE digits = ANY(:digits)")
        .bind("digits", digits)
        .map((row, context) -> Map.entry(row.getString("digits"), Rows.uuid(row, "id")))
        .forEach(each -> found.put(each.getKey(), each.getValue()));
    return found;
  }

  private static List<String> plates(Collection<Sighting> sightings) {
    List<String> plates = new ArrayList<>();
    sightings.forEach(each -> plates.add(vehicle(each).plate()));
    return plates;
  }

  /** What it says it is in; a vehicle of its own if it says nothing. */
  private static VehicleDraft vehicle(Sighting sighting) {
    String said = sighting.facts().plate();
    PlateColor color = said == null ? null : sighting.facts().plateColor();
    return new VehicleDraft(null, said == null ? sighting.digits() : said, color, null, null);
  }

  /** A vehicle that has another terminal keeps it. */
  private static void install(
      NewRecords fresh, VehiclesByPlate vehicles, Sighting sighting, Known terminal) {
    VehicleDraft draft = vehicle(sighting);
    VehiclesByPlate.Found found =
        vehicles.find(terminal.organization, draft.plate(), draft.plateColor());
    if (found == null) {
      UUID id = TimeOrderedId.next();
      fresh.vehicle(id, terminal.organization, draft);
      fresh.installation(terminal.organization, id, terminal.id);
      vehicles.add(
          new VehiclesByPlate.Found(
              id, terminal.organization, draft.plate(), draft.plateColor(), true));
    } else if (!found.occupied()) {
      fresh.installation(terminal.organization, found.id(), terminal.id);
      vehicles.occupy(found);
    }
  }
}
