package io.roadcast.fleet.store;

import io.roadcast.fleet.Channel;
import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.PlainText;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.Vehicle;
import io.roadcast.fleet.store.VehicleImport.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Some lines of an import in one transaction: reads at once what is there, writes what differs. */
final class ImportBatch {
  private final Handle handle;
  private final UUID organization;
  private final List<ImportRow> rows;
  private final Map<String, List<Vehicles.Equipped>> vehicles = new HashMap<>();
  private final Map<String, Terminal> terminals = new HashMap<>();
  private final Map<UUID, List<Channel>> channels = new HashMap<>();
  private final Map<String, UUID> groups = new HashMap<>();

  private ImportBatch(Handle handle, UUID organization, List<ImportRow> rows) {
    this.handle = handle;
    this.organization = organization;
    this.rows = rows;
  }

  static ImportBatch of(Handle handle, UUID organization, List<ImportRow> rows) {
    ImportBatch batch = new ImportBatch(handle, organization, rows);
    batch.readVehicles();
    batch.readTerminals();
    return batch;
  }

  private void readVehicles() {
    String[] plates =
        rows.stream()
            .map(ImportRow::plate)
            .filter(Objects::nonNull)
            .map(ImportBatch::plate)
            .toArray(String[]::new);
    handle
        .createQuery(
            """
            SELECT t.*, i.terminal_id FROM vehicle t
            LEFT JOIN installation i ON i.vehicle_id = t.id AND i.installed_to IS NULL
            WHERE t.organization_id = :organization AND t.plate = ANY(:plates) FOR UPDATE OF t
            """)
        .bind("organization", organization)
        .bind("plates", plates)
        .map(Vehicles::map)
        .forEach(this::remember);
  }

  private void remember(Vehicles.Equipped equipped) {
    List<Vehicles.Equipped> same =
        vehicles.computeIfAbsent(equipped.vehicle().plate(), plate -> new ArrayList<>());
    same.removeIf(other -> other.vehicle().id().equals(equipped.vehicle().id()));
    same.add(equipped);
  }

  private void readTerminals() {
    String[] phones =
        rows.stream()
            .flatMap(row -> TerminalDigits.of(row.phone()).stream())
            .toArray(String[]::new);
    List<UUID> ids =
        handle
            .createQuery(
                """
                SELECT terminal_id FROM terminal_identity
                WHERE kind = 'phone' AND valid_to IS NULL AND digits = ANY(:phones)
                """)
            .bind("phones", phones)
            .mapTo(UUID.class)
            .list();
    if (!ids.isEmpty()) {
      Terminals.find(handle, ids).forEach(this::remember);
      channels.putAll(Channels.of(handle, ids));
    }
  }

  private void remember(Terminal terminal) {
    terminal.phone().ifPresent(phone -> terminals.put(phone, terminal));
  }

  /**
   * @param touched gets the terminals that changed, and those whose vehicle did
   * @throws FleetException if a line is refused; then nothing of the batch counts
   */
  List<Outcome> takeAll(Set<UUID> touched) {
    List<Outcome> outcomes = new ArrayList<>();
    for (ImportRow row : rows) {
      outcomes.add(take(row, touched));
    }
    return outcomes;
  }

  private Outcome take(ImportRow row, Set<UUID> touched) {
    String plate = PlainText.required(row.plate(), "plate").toUpperCase(Locale.ROOT);
    PlateColor color = color(row.plateColor());
    Vehicles.@Nullable Equipped present = present(plate, color);
    UUID group = row.group() == null ? null : group(row.group());
    TerminalTaken taken = row.phone() == null ? null : takeTerminal(row);
    UUID terminal = taken == null ? null : taken.id();
    if (terminal != null) {
      touched.add(terminal);
    }
    if (present == null) {
      VehicleDraft draft = new VehicleDraft(group, plate, color, row.name(), terminal);
      UUID id = Vehicles.insert(handle, organization, draft);
      handle
          .createQuery(
              """
              SELECT t.*, i.terminal_id FROM vehicle t
              LEFT JOIN installation i ON i.vehicle_id = t.id AND i.installed_to IS NULL
              WHERE t.id = :id
              """)
          .bind("id", id)
          .map(Vehicles::map)
          .forEach(this::remember);
      return Outcome.CREATED;
    }
    boolean changed = update(present, row, color, group, terminal, touched);
    return changed || (taken != null && taken.changed()) ? Outcome.UPDATED : Outcome.UNCHANGED;
  }

  private boolean update(
      Vehicles.Equipped present,
      ImportRow row,
      @Nullable PlateColor color,
      @Nullable UUID group,
      @Nullable UUID terminal,
      Set<UUID> touched) {
    Vehicle vehicle = present.vehicle();
    VehicleDraft before =
        new VehicleDraft(
            vehicle.group(),
            vehicle.plate(),
            vehicle.plateColor(),
            vehicle.name(),
            present.terminal());
    VehicleDraft wanted =
        new VehicleDraft(
            group == null ? vehicle.group() : group,
            vehicle.plate(),
            color == null ? vehicle.plateColor() : color,
            row.name() == null ? vehicle.name() : row.name(),
            terminal == null ? present.terminal() : terminal);
    if (wanted.equals(before)) {
      return false;
    }
    Vehicles.update(handle, present, wanted);
    if (present.terminal() != null) {
      touched.add(present.terminal());
    }
    Vehicle after =
        new Vehicle(
            vehicle.id(),
            vehicle.organization(),
            wanted.group(),
            wanted.plate(),
            wanted.plateColor(),
            wanted.name(),
            vehicle.revision());
    remember(new Vehicles.Equipped(after, wanted.terminal()));
    return true;
  }

  private Vehicles.@Nullable Equipped present(String plate, @Nullable PlateColor color) {
    List<Vehicles.Equipped> same = vehicles.getOrDefault(plate, List.of());
    List<Vehicles.Equipped> fitting =
        same.stream().filter(each -> fits(each.vehicle().plateColor(), color)).toList();
    if (fitting.size() > 1) {
      throw new FleetException(
          FleetProblem.VEHICLE_EXISTS,
          "Several vehicles have this plate; their colours tell them apart.");
    }
    return fitting.isEmpty() ? null : fitting.getFirst();
  }

  private static boolean fits(@Nullable PlateColor had, @Nullable PlateColor said) {
    return had == null || said == null || had == said;
  }

  private static @Nullable PlateColor color(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return PlateColor.ofName(text)
        .orElseThrow(
            () ->
                new FleetException(
                    FleetProblem.INVALID_FIELD, "\"plate_color\" is none that there is."));
  }

  private record TerminalTaken(UUID id, boolean changed) {}

  private TerminalTaken takeTerminal(ImportRow row) {
    IdentityDraft phone = IdentityDraft.of(IdentityKind.PHONE, row.phone());
    List<IdentityDraft> said = new ArrayList<>();
    said.add(phone);
    row.mediaIds().forEach(id -> said.add(IdentityDraft.of(IdentityKind.MEDIA_ID, id)));
    if (row.imei() != null) {
      said.add(IdentityDraft.of(IdentityKind.IMEI, row.imei()));
    }
    row.aliases().forEach(alias -> said.add(IdentityDraft.of(IdentityKind.ALIAS, alias)));
    Terminal present = terminals.get(phone.digits());
    if (present == null) {
      UUID id = TimeOrderedId.next();
      Terminals.insert(handle, id, organization, new TerminalDraft(null, said));
      takeChannels(id, List.of(), row);
      remember(Terminals.one(handle, id));
      channels.putAll(Channels.of(handle, List.of(id)));
      return new TerminalTaken(id, true);
    }
    if (!present.organization().equals(organization)) {
      throw new FleetException(
          FleetProblem.TERMINAL_EXISTS,
          "The terminal of this phone number belongs to another organization.");
    }
    boolean changed = addIdentities(present, said);
    changed |= takeChannels(present.id(), channels.getOrDefault(present.id(), List.of()), row);
    if (changed) {
      remember(Terminals.one(handle, present.id()));
      channels.putAll(Channels.of(handle, List.of(present.id())));
    }
    return new TerminalTaken(present.id(), changed);
  }

  private boolean addIdentities(Terminal present, List<IdentityDraft> said) {
    boolean changed = false;
    for (IdentityDraft identity : said) {
      boolean there =
          present.identities().stream()
              .anyMatch(
                  had -> had.kind() == identity.kind() && had.digits().equals(identity.digits()));
      if (!there) {
        Terminals.insert(handle, present.id(), present.organization(), identity);
        changed = true;
      }
    }
    return changed;
  }

  private boolean takeChannels(UUID terminal, List<Channel> had, ImportRow row) {
    boolean changed = false;
    for (ImportRow.NumberedName wanted : row.channels()) {
      String name = PlainText.optional(wanted.name(), "channels");
      Channel present =
          had.stream().filter(each -> each.number() == wanted.number()).findFirst().orElse(null);
      boolean differs = present == null || (name != null && !name.equals(present.name()));
      if (differs) {
        Channels.put(handle, terminal, wanted.number(), name);
        changed = true;
      }
    }
    return changed;
  }

  /** Finds the group of a path, and makes what of it is missing. */
  private UUID group(String path) {
    List<String> names =
        Arrays.stream(path.split("/", -1)).map(name -> PlainText.required(name, "group")).toList();
    UUID parent = null;
    String sofar = "";
    for (String name : names) {
      sofar = sofar + "/" + name;
      UUID known = groups.get(sofar);
      if (known == null) {
        known = findOrMake(parent, name);
        groups.put(sofar, known);
      }
      parent = known;
    }
    return Objects.requireNonNull(parent);
  }

  private UUID findOrMake(@Nullable UUID parent, String name) {
    return handle
        .createQuery(
            """
            SELECT id FROM vehicle_group WHERE organization_id = :organization
              AND parent_id IS NOT DISTINCT FROM :parent AND name = :name
            """)
        .bind("organization", organization)
        .bind("parent", parent)
        .bind("name", name)
        .mapTo(UUID.class)
        .findOne()
        .orElseGet(() -> Groups.insert(handle, organization, new Groups.Draft(parent, name)).id());
  }

  private static String plate(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }
}
