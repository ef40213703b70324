package io.roadcast.fleet.store;

import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.TimeOrderedId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * New records of one transaction, which are collected and then written table by table, many rows
 * with one statement. They are in the tables only after {@link #write}.
 */
final class NewRecords {
  private static final String INTO_TERMINAL =
      """
      INSERT INTO terminal (id, organization_id, name, protocol, manufacturer, model, factory_id,
        software_version, registered_plate, registered_plate_color, registered_at, last_seen_at)
      VALUES (:id, :organization, :name, :protocol, :manufacturer, :model, :factoryId,
        :softwareVersion, :plate, :color, CASE WHEN :registered THEN now() END,
        CASE WHEN :seen THEN now() END)
      """;

  private static final String INTO_IDENTITY =
      """
      INSERT INTO terminal_identity (id, organization_id, terminal_id, kind, digits, raw)
      VALUES (:id, :organization, :terminal, :kind, :digits, :raw)
      """;

  private static final String INTO_CHANNEL =
      """
      INSERT INTO channel AS c (id, organization_id, terminal_id, number, name)
      VALUES (:id, :organization, :terminal, :number, :name)
      ON CONFLICT (terminal_id, number) DO UPDATE
        SET name = excluded.name, version = c.version + 1, updated_at = now()
      """;

  private static final String INTO_VEHICLE =
      """
      INSERT INTO vehicle (id, organization_id, group_id, plate, plate_color, name)
      VALUES (:id, :organization, :group, :plate, :color, :name)
      """;

  private static final String INTO_INSTALLATION =
      """
      INSERT INTO installation (id, organization_id, vehicle_id, terminal_id)
      VALUES (?, ?, ?, ?)
      """;

  private final Handle handle;
  private final List<NewTerminal> terminals = new ArrayList<>();
  private final List<NewIdentity> identities = new ArrayList<>();
  private final Map<ChannelKey, NewChannel> channels = new LinkedHashMap<>();
  private final List<NewVehicle> vehicles = new ArrayList<>();
  private final List<NewInstallation> installations = new ArrayList<>();

  /**
   * @param facts what it said of itself just now; null if it was not here
   */
  private record NewTerminal(
      UUID id, UUID organization, @Nullable String name, @Nullable TerminalFacts facts) {}

  private record NewIdentity(UUID terminal, UUID organization, IdentityDraft draft) {}

  private record ChannelKey(UUID terminal, int number) {}

  private record NewChannel(UUID organization, @Nullable String name) {}

  private record NewVehicle(UUID id, UUID organization, VehicleDraft draft) {}

  private record NewInstallation(UUID organization, UUID vehicle, UUID terminal) {}

  NewRecords(Handle handle) {
    this.handle = handle;
  }

  /**
   * A terminal and what it goes by.
   *
   * @param facts what it said of itself just now; null if it was not here
   */
  void terminal(UUID id, UUID organization, TerminalDraft draft, @Nullable TerminalFacts facts) {
    terminals.add(new NewTerminal(id, organization, draft.name(), facts));
    draft.identities().forEach(identity -> identity(id, organization, identity));
  }

  void identity(UUID terminal, UUID organization, IdentityDraft draft) {
    identities.add(new NewIdentity(terminal, organization, draft));
  }

  /** Makes it, or renames it if it is there. */
  void channel(UUID terminal, UUID organization, int number, @Nullable String name) {
    channels.put(new ChannelKey(terminal, number), new NewChannel(organization, name));
  }

  /** A vehicle, without the terminal that its draft may name. */
  void vehicle(UUID id, UUID organization, VehicleDraft draft) {
    vehicles.add(new NewVehicle(id, organization, draft));
  }

  /** The vehicle must be empty and the terminal in none. */
  void installation(UUID organization, UUID vehicle, UUID terminal) {
    installations.add(new NewInstallation(organization, vehicle, terminal));
  }

  /** Writes what was collected. */
  void write() {
    writeTerminals();
    writeIdentities();
    writeChannels();
    writeVehicles();
    writeInstallations();
  }

  private void writeTerminals() {
    if (terminals.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INTO_TERMINAL);
    for (NewTerminal each : terminals) {
      TerminalFacts facts = each.facts == null ? TerminalFacts.none() : each.facts;
      TerminalRows.bind(batch, facts)
          .bind("id", each.id)
          .bind("organization", each.organization)
          .bind("name", each.name)
          .bind("registered", facts.manufacturer() != null || facts.model() != null)
          .bind("seen", each.facts != null)
          .add();
    }
    batch.execute();
    terminals.clear();
  }

  private void writeIdentities() {
    if (identities.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INTO_IDENTITY);
    for (NewIdentity each : identities) {
      String raw = each.draft.raw();
      batch
          .bind("id", TimeOrderedId.next())
          .bind("organization", each.organization)
          .bind("terminal", each.terminal)
          .bind("kind", each.draft.kind().label())
          .bind("digits", each.draft.digits())
          .bind("raw", raw == null ? null : HexFormat.of().parseHex(raw))
          .add();
    }
    batch.execute();
    // Who is known is no longer unknown.
    handle.execute(
        "DELETE FROM unknown_terminal WHERE digits = ANY(?)",
        (Object) identities.stream().map(each -> each.draft.digits()).toArray(String[]::new));
    identities.clear();
  }

  private void writeChannels() {
    if (channels.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INTO_CHANNEL);
    channels.forEach(
        (key, channel) ->
            batch
                .bind("id", TimeOrderedId.next())
                .bind("organization", channel.organization)
                .bind("terminal", key.terminal)
                .bind("number", key.number)
                .bind("name", channel.name)
                .add());
    batch.execute();
    channels.clear();
  }

  private void writeVehicles() {
    if (vehicles.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INTO_VEHICLE);
    for (NewVehicle each : vehicles) {
      VehicleDraft draft = each.draft;
      batch
          .bind("id", each.id)
          .bind("organization", each.organization)
          .bind("group", draft.group())
          .bind("plate", draft.plate())
          .bind("color", label(draft.plateColor()))
          .bind("name", draft.name())
          .add();
    }
    batch.execute();
    vehicles.clear();
  }

  private void writeInstallations() {
    if (installations.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INTO_INSTALLATION);
    for (NewInstallation each : installations) {
      batch.add(TimeOrderedId.next(), each.organization, each.vehicle, each.terminal);
    }
    batch.execute();
    installations.clear();
  }

  private static @Nullable String label(@Nullable PlateColor color) {
    return color == null ? null : color.label();
  }
}
