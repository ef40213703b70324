package io.roadcast.events.store;

import io.roadcast.fleet.database.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets of rules that were written through the API: one for the node, one for an organization. */
public final class RuleTable {
  private static final UUID NODE = new UUID(0, 0);

  private final Database database;

  /**
   * A set.
   *
   * @param organization null for the node's
   * @param rules as JSON
   */
  public record Stored(@Nullable UUID organization, String rules, long revision) {}

  public RuleTable(Database database) {
    this.database = database;
  }

  /** All sets. */
  public List<Stored> all() {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT owner, rules, revision FROM event_rules ORDER BY owner")
                .map(
                    (row, context) -> {
                      UUID owner = EventRows.uuid(row, "owner");
                      return new Stored(
                          owner.equals(NODE) ? null : owner,
                          row.getString("rules"),
                          row.getLong("revision"));
                    })
                .list());
  }

  public Optional<Stored> find(@Nullable UUID organization) {
    UUID owner = organization == null ? NODE : organization;
    return all().stream()
        .filter(each -> owner.equals(each.organization() == null ? NODE : each.organization()))
        .findFirst();
  }

  /**
   * @param rules valid ones, as JSON
   */
  public void put(@Nullable UUID organization, String rules, String principal) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO event_rules (owner, rules, principal)"
                        + " VALUES (:owner, :rules, :principal) ON CONFLICT (owner) DO UPDATE"
                        + " SET rules = excluded.rules, principal = excluded.principal,"
                        + " revision = event_rules.revision + 1, updated_at = now()")
                .bind("owner", organization == null ? NODE : organization)
                .bind("rules", rules)
                .bind("principal", principal)
                .execute());
  }

  /** Whether there was a set. */
  public boolean remove(@Nullable UUID organization) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate("DELETE FROM event_rules WHERE owner = ?")
                    .bind(0, organization == null ? NODE : organization)
                    .execute())
        > 0;
  }
}
