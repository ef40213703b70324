package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.Installation;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.Vehicle;
import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The vehicles and which terminal is in them. */
public final class Vehicles {
  private static final String SELECT =
      """
      SELECT t.*, i.terminal_id FROM vehicle t
      LEFT JOIN installation i ON i.vehicle_id = t.id AND i.installed_to IS NULL
      """;

  private final Database database;
  private final TerminalChanges changes;

  /**
   * Which vehicles.
   *
   * @param text part of plate, name or a number of its terminal; null for all
   * @param group with all groups in it; null for all
   * @param presence of their terminals; null for all
   */
  public record Filter(@Nullable String text, @Nullable UUID group, @Nullable Presence presence) {
    public static Filter none() {
      return new Filter(null, null, null);
    }
  }

  /** A vehicle and the id of the terminal in it. */
  record Equipped(Vehicle vehicle, @Nullable UUID terminal) {}

  Vehicles(Database database, TerminalChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  public Page<VehicleEntry> list(Scope scope, Filter filter, Page.Wish wish) {
    return database.withHandle(
        handle -> {
          String conditions =
              matching(filter) + Presence.condition(filter.presence(), "i.terminal_id");
          Query query = wish.query(handle, scope, SELECT, conditions);
          if (filter.text() != null) {
            query.bind("text", Rows.anywhere(filter.text()));
          }
          if (filter.group() != null) {
            query.bind("group", filter.group());
          }
          Presence.bind(query, filter.presence());
          List<Equipped> found = query.map(Vehicles::map).list();
          Page<Equipped> page = Page.of(found, wish, equipped -> equipped.vehicle().id());
          return new Page<>(entries(handle, page.items()), page.next());
        });
  }

  private static String matching(Filter filter) {
    String text =
        filter.text() == null
            ? ""
            : """
             AND (t.plate ILIKE :text OR t.name ILIKE :text OR EXISTS (
               SELECT FROM terminal_identity n WHERE n.terminal_id = i.terminal_id
                 AND n.valid_to IS NULL AND n.digits ILIKE :text))
            """;
    return filter.group() == null ? text : text + " AND t.group_id IN (" + Groups.WITHIN + ")";
  }

  private static List<VehicleEntry> entries(Handle handle, List<Equipped> vehicles) {
    List<UUID> ids = vehicles.stream().map(Equipped::terminal).filter(Objects::nonNull).toList();
    Map<UUID, Terminal> terminals = new HashMap<>();
    Terminals.find(handle, ids).forEach(terminal -> terminals.put(terminal.id(), terminal));
    var channels = Channels.of(handle, ids);
    List<VehicleEntry> entries = new ArrayList<>();
    for (Equipped each : vehicles) {
      UUID terminal = each.terminal();
      entries.add(
          terminal == null
              ? new VehicleEntry(each.vehicle(), null, List.of())
              : new VehicleEntry(
                  each.vehicle(),
                  terminals.get(terminal),
                  channels.getOrDefault(terminal, List.of())));
    }
    return entries;
  }

  public Optional<VehicleEntry> find(UUID id) {
    return database.withHandle(
        handle -> entries(handle, equipped(handle, List.of(id))).stream().findFirst());
  }

  /** The terminals of a group's vehicles and of all groups in it, in the order of the vehicles. */
  public List<UUID> terminalsOfGroup(UUID group) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    SELECT.replace("t.*, i.terminal_id", "i.terminal_id")
                        + " WHERE i.terminal_id IS NOT NULL AND t.group_id IN ("
                        + Groups.WITHIN
                        + ") ORDER BY t.id")
                .bind("group", group)
                .mapTo(UUID.class)
                .list());
  }

  private static List<Equipped> equipped(Handle handle, Collection<UUID> ids) {
    return handle
        .createQuery(SELECT + " WHERE t.id = ANY(:ids)")
        .bind("ids", ids.toArray(UUID[]::new))
        .map(Vehicles::map)
        .list();
  }

  /** The terminals that were in it, the newest first. */
  public List<Installation> installations(UUID vehicle) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM installation WHERE vehicle_id = :vehicle
                    ORDER BY installed_from DESC, id LIMIT 500
                    """)
                .bind("vehicle", vehicle)
                .map(Installations::map)
                .list());
  }

  public VehicleEntry create(UUID organization, VehicleDraft draft) {
    VehicleEntry made =
        Refusals.inTransaction(
            database,
            handle -> {
              UUID id = insert(handle, organization, draft);
              return entries(handle, equipped(handle, List.of(id))).getFirst();
            });
    tell(null, draft.terminal());
    return made;
  }

  static UUID insert(Handle handle, UUID organization, VehicleDraft draft) {
    UUID id = TimeOrderedId.next();
    NewRecords fresh = new NewRecords(handle);
    fresh.vehicle(id, organization, draft);
    fresh.write();
    UUID terminal = draft.terminal();
    if (terminal != null) {
      Installations.install(handle, organization, id, terminal);
    }
    return id;
  }

  /**
   * @param version that the change is meant for; null for whichever is there
   */
  public VehicleEntry change(UUID id, @Nullable Long version, UnaryOperator<VehicleDraft> change) {
    record Change(@Nullable UUID terminalBefore, VehicleEntry after) {}
    Change done =
        Refusals.inTransaction(
            database,
            handle -> {
              Equipped present = locked(handle, id, version);
              update(handle, present, change.apply(draftOf(present)));
              return new Change(
                  present.terminal(), entries(handle, equipped(handle, List.of(id))).getFirst());
            });
    Terminal after = done.after().terminal();
    tell(done.terminalBefore(), after == null ? null : after.id());
    return done.after();
  }

  private static VehicleDraft draftOf(Equipped present) {
    Vehicle vehicle = present.vehicle();
    return new VehicleDraft(
        vehicle.group(), vehicle.plate(), vehicle.plateColor(), vehicle.name(), present.terminal());
  }

  static void update(Handle handle, Equipped present, VehicleDraft wanted) {
    Vehicle vehicle = present.vehicle();
    handle.execute(
        """
        UPDATE vehicle SET group_id = ?, plate = ?, plate_color = ?, name = ?,
          version = version + 1, updated_at = now() WHERE id = ?
        """,
        wanted.group(),
        wanted.plate(),
        label(wanted.plateColor()),
        wanted.name(),
        vehicle.id());
    UUID terminal = wanted.terminal();
    if (!Objects.equals(terminal, present.terminal())) {
      Installations.endOfVehicle(handle, vehicle.id());
      if (terminal != null) {
        Installations.install(handle, vehicle.organization(), vehicle.id(), terminal);
      }
    }
  }

  public void remove(UUID id, @Nullable Long version) {
    UUID terminal =
        database.<@Nullable UUID>inTransaction(
            handle -> {
              Equipped present = locked(handle, id, version);
              handle.execute("DELETE FROM vehicle WHERE id = ?", id);
              return present.terminal();
            });
    tell(terminal, null);
  }

  private void tell(@Nullable UUID one, @Nullable UUID other) {
    List<UUID> terminals = Stream.of(one, other).filter(Objects::nonNull).distinct().toList();
    if (!terminals.isEmpty()) {
      changes.tell(terminals);
    }
  }

  private static Equipped locked(Handle handle, UUID id, @Nullable Long version) {
    handle
        .createQuery("SELECT id FROM vehicle WHERE id = :id FOR UPDATE")
        .bind("id", id)
        .mapTo(UUID.class)
        .findOne();
    Equipped present =
        equipped(handle, List.of(id)).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new FleetException(
                        FleetProblem.VEHICLE_NOT_FOUND, "There is no such vehicle."));
    Refusals.requireVersion(version, present.vehicle().revision().version());
    return present;
  }

  /** One whose colour nobody said counts as one of every colour. */
  static Optional<UUID> byPlate(
      Handle handle, UUID organization, String plate, @Nullable PlateColor color) {
    return handle
        .createQuery(
            """
            SELECT id FROM vehicle
            WHERE organization_id = :organization AND plate = :plate
              AND (plate_color = :color OR plate_color IS NULL OR :color::text IS NULL)
            ORDER BY id LIMIT 1
            """)
        .bind("organization", organization)
        .bind("plate", plate)
        .bind("color", label(color))
        .mapTo(UUID.class)
        .findOne();
  }

  private static @Nullable String label(@Nullable PlateColor color) {
    return color == null ? null : color.label();
  }

  static Equipped map(ResultSet row, StatementContext context) throws SQLException {
    String color = Rows.optionalText(row, "plate_color");
    return new Equipped(
        new Vehicle(
            Rows.uuid(row, "id"),
            Rows.uuid(row, "organization_id"),
            Rows.optionalUuid(row, "group_id"),
            row.getString("plate"),
            color == null ? null : PlateColor.ofLabel(color).orElse(null),
            Rows.optionalText(row, "name"),
            Rows.revision(row)),
        Rows.optionalUuid(row, "terminal_id"));
  }
}
