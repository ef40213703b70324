package io.roadcast.events.webhook;

import io.roadcast.events.EventKind;
import io.roadcast.events.Severity;
import io.roadcast.events.store.EventChange;
import io.roadcast.fleet.database.Database;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Webhooks in the database. */
public final class WebhookTable {
  private static final Severity[] SEVERITIES = Severity.values();

  private final Database database;

  public WebhookTable(Database database) {
    this.database = database;
  }

  /**
   * Those of organizations; oldest first.
   *
   * @param organizations null for everybody's, and the node's
   * @param after the last one of the page before; null for the first page
   */
  public List<Webhook> list(@Nullable Set<UUID> organizations, @Nullable UUID after, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM webhook WHERE (:all OR organization_id = ANY(:organizations))"
                        + " AND id > :after ORDER BY id LIMIT :limit")
                .bind("all", organizations == null)
                .bind(
                    "organizations",
                    (organizations == null ? Set.<UUID>of() : organizations).toArray(UUID[]::new))
                .bind("after", after == null ? new UUID(0, 0) : after)
                .bind("limit", limit)
                .map((row, context) -> webhook(row))
                .list());
  }

  public Optional<Webhook> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM webhook WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> webhook(row))
                .findOne());
  }

  /**
   * Adds it, or changes the one of the same id; whose it is and since when stays.
   *
   * @param principal who does it
   */
  public void put(Webhook webhook, String principal) {
    Webhook.Wanted wanted = webhook.wanted();
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO webhook (id, organization_id, name, url, secret, enabled, terminal,
                      group_id, kind, severity, changes, principal, created_at)
                    VALUES (:id, :organization, :name, :url, :secret, :enabled, :terminal, :group,
                      :kind, :severity, :changes, :principal, :created)
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url,
                      secret = excluded.secret, enabled = excluded.enabled,
                      terminal = excluded.terminal, group_id = excluded.group_id,
                      kind = excluded.kind, severity = excluded.severity,
                      changes = excluded.changes, principal = excluded.principal,
                      updated_at = now()
                    """)
                .bind("id", webhook.id())
                .bind("organization", webhook.organization())
                .bind("name", webhook.name())
                .bind("url", webhook.url().toString())
                .bind("secret", webhook.secret().bytes())
                .bind("enabled", webhook.enabled())
                .bind("terminal", wanted.terminal())
                .bind("group", wanted.group())
                .bind("kind", wanted.kind() == null ? null : wanted.kind().label())
                .bind("severity", wanted.least().ordinal())
                .bindArray(
                    "changes",
                    String.class,
                    wanted.changes().stream().map(EventChange::label).sorted().toList())
                .bind("principal", principal)
                .bind("created", DeliveryTable.time(webhook.createdAt()))
                .execute());
  }

  /** With all that it was, or is still to be told. */
  public boolean remove(UUID id) {
    return database.inTransaction(
            handle -> handle.createUpdate("DELETE FROM webhook WHERE id = ?").bind(0, id).execute())
        > 0;
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    Set<EventChange> changes = new HashSet<>();
    for (String change : (String[]) row.getArray("changes").getArray()) {
      changes.add(EventChange.ofLabel(change));
    }
    return new Webhook(
        row.getObject("id", UUID.class),
        row.getObject("organization_id", UUID.class),
        row.getString("name"),
        URI.create(row.getString("url")),
        new WebhookSecret(row.getBytes("secret")),
        row.getBoolean("enabled"),
        new Webhook.Wanted(
            row.getString("terminal"),
            row.getObject("group_id", UUID.class),
            kind == null ? null : EventKind.ofLabel(kind),
            SEVERITIES[row.getInt("severity")],
            changes),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
