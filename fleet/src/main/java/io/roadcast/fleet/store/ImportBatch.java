package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.PlainText;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Revision;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.TerminalIdentity;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.Vehicle;
import io.roadcast.fleet.store.VehicleImport.Outcome;
import java.time.Instant;
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

  /** Names of the channels of terminals, by number. */
  private final Map<UUID, Map<Integer, @Nullable String>> channels = new HashMap<>();

  private final Map<String, UUID> groups = new HashMap<>();

  /** Which vehicle terminals are in. */
  private final Map<UUID, UUID> places = new HashMap<>();

  private final NewRecords fresh;

  private ImportBatch(Handle handle, UUID organization, List<ImportRow> rows) {
    this.handle = handle;
    this.organization = organization;
    this.rows = rows;
    this.fresh = new NewRecords(handle);
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
      Channels.of(handle, ids)
          .forEach((id, all) -> all.forEach(each -> named(id).put(each.number(), each.name())));
    }
  }

  private void remember(Terminal terminal) {
    terminal.phone().ifPresent(phone -> terminals.put(phone, terminal));
    if (terminal.vehicle() != null) {
      places.putIfAbsent(terminal.id(), terminal.vehicle());
    }
  }

  private Map<Integer, @Nullable String> named(UUID terminal) {
    return channels.computeIfAbsent(terminal, id -> new HashMap<>());
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
    fresh.write();
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
      UUID id = TimeOrderedId.next();
      fresh.vehicle(id, organization, draft);
      if (terminal != null) {
        leave(terminal);
        fresh.installation(organization, id, terminal);
        places.put(terminal, id);
      }
      Vehicle made =
          new Vehicle(id, organization, group, draft.plate(), color, draft.name(), justNow());
      remember(new Vehicles.Equipped(made, terminal));
      return Outcome.CREATED;
    }
    boolean changed = update(present, row, color, group, terminal, touched);
    return changed || (taken != null && taken.changed()) ? Outcome.UPDATED : Outcome.UNCHANGED;
  }

  private static Revision justNow() {
    Instant now = Instant.now();
    return new Revision(1, now, now);
  }

  /** Takes a terminal out of the vehicle that it is in, if any. */
  private void leave(UUID terminal) {
    if (places.remove(terminal) == null) {
      return;
    }
    fresh.write();
    Installations.endOfTerminal(handle, terminal);
    for (List<Vehicles.Equipped> same : vehicles.values()) {
      same.replaceAll(
          each ->
              terminal.equals(each.terminal())
                  ? new Vehicles.Equipped(each.vehicle(), null)
                  : each);
    }
  }

  private boolean update(
      Vehicles.Equipped present,
      ImportRow row,
      @Nullable PlateColor color,
      @Nullable UUID group,
      @Nullable UUID terminal,
      Set<UUID> touched) {
    Vehicle vehicle = present.vehicle();
    VehicleDraft had =
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
    if (wanted.equals(had)) {
      return false;
    }
    fresh.write();
    UUID before = present.terminal();
    if (!Objects.equals(before, wanted.terminal())) {
      if (wanted.terminal() != null) {
        leave(wanted.terminal());
        places.put(wanted.terminal(), vehicle.id());
      }
      if (before != null) {
        places.remove(before);
      }
    }
    Vehicles.update(handle, present, wanted);
    if (before != null) {
      touched.add(before);
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
      TerminalDraft draft = new TerminalDraft(null, said);
      fresh.terminal(id, organization, draft, null);
      takeChannels(id, row);
      remember(made(id, draft));
      return new TerminalTaken(id, true);
    }
    if (!present.organization().equals(organization)) {
      throw new FleetException(
          FleetProblem.TERMINAL_EXISTS,
          "The terminal of this phone number belongs to another organization.");
    }
    boolean changed = addIdentities(present, said);
    changed |= takeChannels(present.id(), row);
    return new TerminalTaken(present.id(), changed);
  }

  private Terminal made(UUID id, TerminalDraft draft) {
    return new Terminal(
        id,
        organization,
        draft.name(),
        null,
        TerminalFacts.none(),
        draft.identities().stream().map(each -> valid(id, each)).toList(),
        null,
        null,
        justNow());
  }

  private static TerminalIdentity valid(UUID terminal, IdentityDraft draft) {
    return new TerminalIdentity(
        TimeOrderedId.next(),
        terminal,
        draft.kind(),
        draft.digits(),
        draft.raw(),
        Instant.now(),
        null);
  }

  private boolean addIdentities(Terminal present, List<IdentityDraft> said) {
    List<TerminalIdentity> all = new ArrayList<>(present.identities());
    for (IdentityDraft identity : said) {
      boolean there =
          all.stream()
              .anyMatch(
                  had -> had.kind() == identity.kind() && had.digits().equals(identity.digits()));
      if (!there) {
        fresh.identity(present.id(), present.organization(), identity);
        all.add(valid(present.id(), identity));
      }
    }
    boolean changed = all.size() > present.identities().size();
    if (changed) {
      remember(present.goingBy(all));
    }
    return changed;
  }

  private boolean takeChannels(UUID terminal, ImportRow row) {
    Map<Integer, @Nullable String> had = named(terminal);
    boolean changed = false;
    for (ImportRow.NumberedName wanted : row.channels()) {
      String name = PlainText.optional(wanted.name(), "channels");
      boolean differs =
          !had.containsKey(wanted.number())
              || (name != null && !name.equals(had.get(wanted.number())));
      if (differs) {
        fresh.channel(terminal, organization, wanted.number(), name);
        had.put(wanted.number(), name);
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
