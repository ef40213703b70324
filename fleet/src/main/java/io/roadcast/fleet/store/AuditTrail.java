package io.roadcast.fleet.store;

import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who did what to what, and what came of it. */
public final class AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int MAX_DETAIL = 1000;

  private final Database database;

  /**
   * @param organization whose record it was; null if none's
   * @param principal who did it; never a secret
   * @param address it was asked from
   * @param action such as "vehicle.create"
   * @param kind of the resource, such as "vehicle"
   * @param resource its id; null if there is none
   * @param outcome "done", or the code of the refusal
   */
  public record Entry(
      @Nullable UUID organization,
      Instant at,
      String principal,
      @Nullable String address,
      String action,
      String kind,
      @Nullable String resource,
      String outcome,
      @Nullable String detail) {}

  /** An entry as it is kept. */
  public record Kept(UUID id, Entry entry) {}

  AuditTrail(Database database) {
    this.database = database;
  }

  /** Blocks until it is written; while the database is away it is logged only. */
  public void add(Entry entry) {
    try {
      database.useTransaction(
          handle ->
              handle
                  .createUpdate(
                      """
                      INSERT INTO audit (id, organization_id, at, principal, address, action,
                        resource_kind, resource_id, outcome, detail)
                      VALUES (:id, :organization, :at, :principal, :address, :action,
                        :kind, :resource, :outcome, :detail)
                      """)
                  .bind("id", TimeOrderedId.next())
                  .bind("organization", entry.organization())
                  .bind("at", Rows.time(entry.at()))
                  .bind("principal", entry.principal())
                  .bind("address", entry.address())
                  .bind("action", entry.action())
                  .bind("kind", entry.kind())
                  .bind("resource", entry.resource())
                  .bind("outcome", entry.outcome())
                  .bind("detail", cut(entry.detail()))
                  .execute());
    } catch (DatabaseUnavailableException away) {
      LOG.warn("not in the audit table, because the database is away: {}", entry);
    }
  }

  private static @Nullable String cut(@Nullable String detail) {
    return detail == null || detail.length() <= MAX_DETAIL
        ? detail
        : detail.substring(0, MAX_DETAIL);
  }

  /** In the order of their making. */
  public Page<Kept> list(Scope scope, Page.Wish wish) {
    List<Kept> found =
        database.withHandle(
            handle ->
                wish.query(handle, scope, "SELECT t.* FROM audit t", "")
                    .map(AuditTrail::map)
                    .list());
    return Page.of(found, wish, Kept::id);
  }

  private static Kept map(ResultSet row, StatementContext context) throws SQLException {
    return new Kept(
        Rows.uuid(row, "id"),
        new Entry(
            Rows.optionalUuid(row, "organization_id"),
            Rows.instant(row, "at"),
            row.getString("principal"),
            Rows.optionalText(row, "address"),
            row.getString("action"),
            row.getString("resource_kind"),
            Rows.optionalText(row, "resource_id"),
            row.getString("outcome"),
            Rows.optionalText(row, "detail")));
  }
}
