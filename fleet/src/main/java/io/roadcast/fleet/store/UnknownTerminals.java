package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.UnknownTerminal;
import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Terminals that came by and that nobody knows, until somebody adopts them. */
public final class UnknownTerminals {
  /** Older ones are forgotten for newer ones. */
  public static final int MAX_KEPT = 10_000;

  private final Database database;
  private final TerminalChanges changes;

  UnknownTerminals(Database database, TerminalChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  /**
   * @param text part of a number, the plate or the model; null for all
   */
  public Page<UnknownTerminal> list(@Nullable String text, Page.Wish wish) {
    List<UnknownTerminal> found =
        database.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT * FROM unknown_terminal
                        WHERE id > :after AND (digits ILIKE :text OR registered_plate ILIKE :text
                          OR model ILIKE :text OR :text = '%%')
                        ORDER BY id LIMIT :limit
                        """)
                    .bind("after", wish.from())
                    .bind("text", Rows.anywhere(text == null ? "" : text))
                    .bind("limit", wish.limit() + 1)
                    .map(UnknownTerminals::map)
                    .list());
    return Page.of(found, wish, UnknownTerminal::id);
  }

  public Optional<UnknownTerminal> find(UUID id) {
    return database.withHandle(handle -> find(handle, "id", id));
  }

  public Optional<UnknownTerminal> find(String digits) {
    return database.withHandle(handle -> find(handle, "digits", digits));
  }

  private static Optional<UnknownTerminal> find(Handle handle, String column, Object value) {
    return handle
        .createQuery("SELECT * FROM unknown_terminal WHERE " + column + " = :value FOR UPDATE")
        .bind("value", value)
        .map(UnknownTerminals::map)
        .findOne();
  }

  /**
   * What an adopted terminal gets. With neither vehicle nor plate it is in none.
   *
   * @param vehicle that is there already
   * @param plate of a vehicle that is made unless it is there; its other terminal leaves it
   * @param name of the vehicle, or of the terminal if it gets none
   */
  public record Adoption(
      @Nullable UUID vehicle,
      @Nullable String plate,
      @Nullable PlateColor plateColor,
      @Nullable String name,
      @Nullable UUID group) {}

  /** Makes it a terminal of an organization; it keeps its id. */
  public Terminal adopt(UUID id, UUID organization, Adoption wish) {
    Set<UUID> touched = new HashSet<>(Set.of(id));
    Terminal adopted =
        Refusals.inTransaction(
            database,
            handle -> {
              boolean vehicle = wish.vehicle() != null || wish.plate() != null;
              UnknownTerminal unknown = existing(handle, id);
              NewRecords fresh = new NewRecords(handle);
              fresh.terminal(
                  id,
                  organization,
                  new TerminalDraft(vehicle ? null : wish.name(), names(unknown)),
                  unknown.facts());
              fresh.write();
              touched.addAll(Installations.equip(handle, organization, id, wish));
              return Terminals.one(handle, id);
            });
    changes.tell(touched);
    return adopted;
  }

  private static List<IdentityDraft> names(UnknownTerminal unknown) {
    return new Sighting(
            unknown.kind(), unknown.digits(), unknown.raw(), unknown.address(), unknown.facts())
        .identities();
  }

  /** Says that it is a terminal that is known under another number. */
  public Terminal adoptAs(UUID id, UUID terminal) {
    Terminal known =
        Refusals.inTransaction(
            database,
            handle -> {
              Terminal present = Terminals.locked(handle, terminal, null);
              UnknownTerminal unknown = existing(handle, id);
              // A terminal has one phone number, so a second one becomes an alias.
              boolean second = unknown.kind() == IdentityKind.PHONE && present.phone().isPresent();
              IdentityKind kind = second ? IdentityKind.ALIAS : unknown.kind();
              NewRecords fresh = new NewRecords(handle);
              fresh.identity(
                  terminal,
                  present.organization(),
                  new IdentityDraft(kind, unknown.digits(), unknown.raw()));
              fresh.write();
              handle.execute(
                  "UPDATE terminal SET version = version + 1, updated_at = now() WHERE id =" + " ?",
                  terminal);
              return Terminals.one(handle, terminal);
            });
    changes.tell(List.of(terminal));
    return known;
  }

  private static UnknownTerminal existing(Handle handle, UUID id) {
    return find(handle, "id", id)
        .orElseThrow(
            () ->
                new FleetException(
                    FleetProblem.TERMINAL_NOT_FOUND, "No unknown terminal has this id."));
  }

  /** Forgets it; it appears again when it comes by again. */
  public void forget(UUID id) {
    database.useTransaction(
        handle -> {
          existing(handle, id);
          handle.execute("DELETE FROM unknown_terminal WHERE id = ?", id);
        });
  }

  /**
   * @param times how often it came since it was last written down
   */
  static void note(Handle handle, Sighting sighting, long times) {
    if (isKnown(handle, sighting.digits())) {
      return; // It was adopted while this waited to be written.
    }
    TerminalFacts facts = sighting.facts();
    String raw = sighting.raw();
    Update update =
        handle.createUpdate(
            """
            INSERT INTO unknown_terminal AS u (id, digits, kind, raw, address, protocol, manufacturer,
              model, factory_id, software_version, registered_plate, registered_plate_color, imei,
              times, first_seen_at, last_seen_at)
            VALUES (:id, :digits, :kind, :raw, :address, :protocol, :manufacturer, :model, :factoryId,
              :softwareVersion, :plate, :color, :imei, :times, now(), now())
            ON CONFLICT (digits) DO UPDATE SET
              kind = CASE WHEN u.kind = 'phone' THEN u.kind ELSE excluded.kind END,
              raw = CASE WHEN u.kind = 'phone' THEN u.raw ELSE excluded.raw END,
              address = coalesce(excluded.address, u.address),
              protocol = coalesce(excluded.protocol, u.protocol),
              manufacturer = coalesce(excluded.manufacturer, u.manufacturer),
              model = coalesce(excluded.model, u.model),
              factory_id = coalesce(excluded.factory_id, u.factory_id),
              software_version = coalesce(excluded.software_version, u.software_version),
              registered_plate = coalesce(excluded.registered_plate, u.registered_plate),
              registered_plate_color =
                coalesce(excluded.registered_plate_color, u.registered_plate_color),
              imei = coalesce(excluded.imei, u.imei),
              times = u.times + excluded.times,
              last_seen_at = now()
            """);
    TerminalRows.bind(update, facts)
        .bind("id", TimeOrderedId.next())
        .bind("digits", sighting.digits())
        .bind("kind", sighting.kind().label())
        .bind("raw", raw == null ? null : HexFormat.of().parseHex(raw))
        .bind("address", sighting.address())
        .bind("imei", facts.imei())
        .bind("times", times)
        .execute();
  }

  private static boolean isKnown(Handle handle, String digits) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (
              SELECT FROM terminal_identity n WHERE n.digits = :digits AND n.valid_to IS NULL)
            """)
        .bind("digits", digits)
        .mapTo(Boolean.class)
        .one();
  }

  /** Forgets those that came longest ago, and those that have become known. */
  static void prune(Handle handle) {
    handle.execute(
        """
        DELETE FROM unknown_terminal WHERE id IN (
          SELECT id FROM unknown_terminal ORDER BY last_seen_at DESC OFFSET ?)
        """,
        MAX_KEPT);
    handle.execute(
        """
        DELETE FROM unknown_terminal u WHERE EXISTS (
          SELECT FROM terminal_identity n WHERE n.digits = u.digits AND n.valid_to IS NULL)
        """);
  }

  private static UnknownTerminal map(ResultSet row, StatementContext context) throws SQLException {
    byte[] raw = row.getBytes("raw");
    String color = Rows.optionalText(row, "registered_plate_color");
    return new UnknownTerminal(
        Rows.uuid(row, "id"),
        row.getString("digits"),
        IdentityKind.ofLabel(row.getString("kind")),
        raw == null ? null : HexFormat.of().formatHex(raw),
        Rows.optionalText(row, "address"),
        new TerminalFacts(
            Rows.optionalText(row, "protocol"),
            Rows.optionalText(row, "manufacturer"),
            Rows.optionalText(row, "model"),
            Rows.optionalText(row, "factory_id"),
            Rows.optionalText(row, "software_version"),
            Rows.optionalText(row, "registered_plate"),
            color == null ? null : PlateColor.ofLabel(color).orElse(null),
            Rows.optionalText(row, "imei")),
        row.getLong("times"),
        Rows.instant(row, "first_seen_at"),
        Rows.instant(row, "last_seen_at"));
  }
}
