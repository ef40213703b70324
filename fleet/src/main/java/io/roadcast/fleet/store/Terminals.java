package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.TerminalIdentity;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The terminals and what they go by. */
public final class Terminals {
  private final Database database;
  private final TerminalChanges changes;

  /**
   * Which terminals.
   *
   * @param text part of the name, a number, the model or the manufacturer; null for all
   * @param presence null for all
   */
  public record Filter(@Nullable String text, @Nullable Presence presence) {
    public static Filter none() {
      return new Filter(null, null);
    }
  }

  Terminals(Database database, TerminalChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  public Page<Terminal> list(Scope scope, Filter filter, Page.Wish wish) {
    return database.withHandle(
        handle -> {
          String conditions = matching(filter) + Presence.condition(filter.presence(), "t.id");
          Query query = wish.query(handle, scope, TerminalRows.SELECT, conditions);
          if (filter.text() != null) {
            query.bind("text", Rows.anywhere(filter.text()));
          }
          Presence.bind(query, filter.presence());
          List<Terminal> found = TerminalRows.complete(handle, query.map(TerminalRows::map).list());
          return Page.of(found, wish, Terminal::id);
        });
  }

  private static String matching(Filter filter) {
    return filter.text() == null
        ? ""
        : """
         AND (t.name ILIKE :text OR t.model ILIKE :text OR t.manufacturer ILIKE :text OR EXISTS (
           SELECT FROM terminal_identity n
           WHERE n.terminal_id = t.id AND n.valid_to IS NULL AND n.digits ILIKE :text))
        """;
  }

  public Optional<Terminal> find(UUID id) {
    return database.withHandle(handle -> find(handle, List.of(id)).stream().findFirst());
  }

  /** Those that exist, in no order. */
  public List<Terminal> find(Collection<UUID> ids) {
    return ids.isEmpty() ? List.of() : database.withHandle(handle -> find(handle, ids));
  }

  static List<Terminal> find(Handle handle, Collection<UUID> ids) {
    return TerminalRows.complete(
        handle,
        handle
            .createQuery(TerminalRows.SELECT + " WHERE t.id = ANY(:ids)")
            .bind("ids", ids.toArray(UUID[]::new))
            .map(TerminalRows::map)
            .list());
  }

  /** What it went by, also in the past; the newest first. */
  public List<TerminalIdentity> identityHistory(UUID terminal) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM terminal_identity WHERE terminal_id = :terminal
                    ORDER BY valid_from DESC, id LIMIT 500
                    """)
                .bind("terminal", terminal)
                .map(TerminalRows::identity)
                .list());
  }

  public Terminal create(UUID organization, TerminalDraft draft) {
    Terminal made =
        Refusals.inTransaction(
            database,
            handle -> {
              UUID id = TimeOrderedId.next();
              NewRecords fresh = new NewRecords(handle);
              fresh.terminal(id, organization, draft, null);
              fresh.write();
              return one(handle, id);
            });
    changes.tell(List.of(made.id()));
    return made;
  }

  /**
   * Names it no longer goes by are kept as those of the past.
   *
   * @param version that the change is meant for; null for whichever is there
   */
  public Terminal change(UUID id, @Nullable Long version, UnaryOperator<TerminalDraft> change) {
    Terminal changed =
        Refusals.inTransaction(
            database,
            handle -> {
              Terminal present = locked(handle, id, version);
              TerminalDraft before = draftOf(present);
              TerminalDraft wanted = change.apply(before);
              handle.execute(
                  """
                  UPDATE terminal SET name = ?, version = version + 1, updated_at = now()
                  WHERE id = ?
                  """,
                  wanted.name(),
                  id);
              changeIdentities(handle, present, before, wanted);
              return one(handle, id);
            });
    changes.tell(List.of(id));
    return changed;
  }

  private static TerminalDraft draftOf(Terminal terminal) {
    return new TerminalDraft(
        terminal.name(),
        terminal.identities().stream()
            .map(each -> new IdentityDraft(each.kind(), each.digits(), each.raw()))
            .toList());
  }

  private static void changeIdentities(
      Handle handle, Terminal terminal, TerminalDraft before, TerminalDraft wanted) {
    for (IdentityDraft had : before.identities()) {
      if (wanted.identities().stream().noneMatch(had::names)) {
        handle.execute(
            """
            UPDATE terminal_identity SET valid_to = now()
            WHERE terminal_id = ? AND kind = ? AND digits = ? AND valid_to IS NULL
            """,
            terminal.id(),
            had.kind().label(),
            had.digits());
      }
    }
    NewRecords fresh = new NewRecords(handle);
    for (IdentityDraft identity : wanted.identities()) {
      if (before.identities().stream().noneMatch(identity::names)) {
        fresh.identity(terminal.id(), terminal.organization(), identity);
      }
    }
    fresh.write();
  }

  public void remove(UUID id, @Nullable Long version) {
    database.useTransaction(
        handle -> {
          locked(handle, id, version);
          handle.execute("DELETE FROM terminal WHERE id = ?", id);
        });
    changes.tell(List.of(id));
  }

  /** Makes the code that it authenticates with worthless; it gets another one when it registers. */
  public void revokeCode(UUID id) {
    database.useTransaction(
        handle -> {
          locked(handle, id, null);
          handle.execute(
              """
              UPDATE terminal SET code_generation = code_generation + 1, given_code_mac = NULL,
                version = version + 1, updated_at = now() WHERE id = ?
              """,
              id);
        });
    changes.tell(List.of(id));
  }

  /**
   * Accepts a code that it brought along, besides ours.
   *
   * @param seal of the code
   */
  public void acceptCode(UUID id, byte[] seal) {
    database.useTransaction(
        handle -> {
          locked(handle, id, null);
          handle.execute("UPDATE terminal SET given_code_mac = ? WHERE id = ?", seal, id);
        });
    changes.tell(List.of(id));
  }

  /** What a terminal said of itself; nothing is said by null, and nothing forgotten. */
  static void note(Handle handle, UUID id, TerminalFacts facts) {
    Update update =
        handle.createUpdate(
            """
            UPDATE terminal SET
              protocol = coalesce(:protocol, protocol),
              manufacturer = coalesce(:manufacturer, manufacturer),
              model = coalesce(:model, model),
              factory_id = coalesce(:factoryId, factory_id),
              software_version = coalesce(:softwareVersion, software_version),
              registered_plate = coalesce(:plate, registered_plate),
              registered_plate_color = coalesce(:color, registered_plate_color),
              registered_at = CASE WHEN :registered THEN now() ELSE registered_at END,
              last_seen_at = now()
            WHERE id = :id
            """);
    TerminalRows.bind(update, facts)
        .bind("id", id)
        .bind("registered", facts.manufacturer() != null || facts.model() != null)
        .execute();
  }

  static Terminal one(Handle handle, UUID id) {
    return find(handle, List.of(id)).stream().findFirst().orElseThrow(Terminals::missing);
  }

  static Terminal locked(Handle handle, UUID id, @Nullable Long version) {
    UUID locked =
        handle
            .createQuery("SELECT id FROM terminal WHERE id = :id FOR UPDATE")
            .bind("id", id)
            .mapTo(UUID.class)
            .findOne()
            .orElseThrow(Terminals::missing);
    Terminal present = one(handle, locked);
    Refusals.requireVersion(version, present.revision().version());
    return present;
  }

  static FleetException missing() {
    return new FleetException(FleetProblem.TERMINAL_NOT_FOUND, "There is no such terminal.");
  }
}
