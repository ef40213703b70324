package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.Organization;
import io.roadcast.fleet.PlainText;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The organizations of this server. */
public final class Organizations {
  private static final String DEFAULT_NAME = "Default";

  private final Database database;

  Organizations(Database database) {
    this.database = database;
  }

  /** Those of a scope, in the order of their making. */
  public Page<Organization> list(Scope scope, Page.Wish wish) {
    List<Organization> found =
        database.withHandle(
            handle ->
                scope
                    .bind(
                        handle.createQuery(
                            """
                            SELECT t.* FROM organization t
                            WHERE t.id > :after AND (:everybody OR t.id = ANY(:organizations))
                            ORDER BY t.id LIMIT :limit
                            """))
                    .bind("after", wish.from())
                    .bind("limit", wish.limit() + 1)
                    .map(Organizations::map)
                    .list());
    return Page.of(found, wish, Organization::id);
  }

  public Optional<Organization> find(UUID id) {
    return database.withHandle(handle -> find(handle, id));
  }

  /** What things belong to when nobody says to whom: the oldest one. */
  public UUID ofNobodyElse() {
    return database.withHandle(Organizations::ofNobodyElse);
  }

  /** Who asks may be quicker than the first start, which makes one. */
  static UUID ofNobodyElse(Handle handle) {
    return oldest(handle)
        .or(
            () -> {
              ensureOne(handle);
              return oldest(handle);
            })
        .orElseThrow(Organizations::missing);
  }

  private static Optional<UUID> oldest(Handle handle) {
    return handle
        .createQuery("SELECT id FROM organization ORDER BY id LIMIT 1")
        .mapTo(UUID.class)
        .findOne();
  }

  public Organization create(String name) {
    String kept = PlainText.required(name, "name");
    return Refusals.inTransaction(
        database,
        handle ->
            handle
                .createQuery("INSERT INTO organization (id, name) VALUES (:id, :name) RETURNING *")
                .bind("id", TimeOrderedId.next())
                .bind("name", kept)
                .map(Organizations::map)
                .one());
  }

  /**
   * @param version that the change is meant for; null for whichever is there
   */
  public Organization rename(UUID id, @Nullable Long version, String name) {
    String kept = PlainText.required(name, "name");
    return Refusals.inTransaction(
        database,
        handle -> {
          locked(handle, id, version);
          return handle
              .createQuery(
                  """
                  UPDATE organization SET name = :name, version = version + 1,
                    updated_at = now() WHERE id = :id RETURNING *
                  """)
              .bind("id", id)
              .bind("name", kept)
              .map(Organizations::map)
              .one();
        });
  }

  /** Only of one that has nothing. */
  public void remove(UUID id, @Nullable Long version) {
    Refusals.explainingRemoval(
        FleetProblem.ORGANIZATION_NOT_EMPTY,
        "The organization still has groups, vehicles or terminals.",
        () ->
            database.useTransaction(
                handle -> {
                  locked(handle, id, version);
                  handle.execute("DELETE FROM organization WHERE id = ?", id);
                }));
  }

  /** At the first start there is one, so that nobody has to think of it who needs only one. */
  void ensureOne() {
    database.useTransaction(Organizations::ensureOne);
  }

  private static void ensureOne(Handle handle) {
    handle.execute(
        """
        INSERT INTO organization (id, name)
        SELECT ?, ? WHERE NOT EXISTS (SELECT FROM organization) ON CONFLICT DO NOTHING
        """,
        TimeOrderedId.next(),
        DEFAULT_NAME);
  }

  private static Optional<Organization> find(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT * FROM organization WHERE id = :id")
        .bind("id", id)
        .map(Organizations::map)
        .findOne();
  }

  private static void locked(Handle handle, UUID id, @Nullable Long version) {
    long present =
        handle
            .createQuery("SELECT version FROM organization WHERE id = :id FOR UPDATE")
            .bind("id", id)
            .mapTo(Long.class)
            .findOne()
            .orElseThrow(Organizations::missing);
    Refusals.requireVersion(version, present);
  }

  private static FleetException missing() {
    return new FleetException(
        FleetProblem.ORGANIZATION_NOT_FOUND, "There is no such organization.");
  }

  private static Organization map(ResultSet row, StatementContext context) throws SQLException {
    return new Organization(Rows.uuid(row, "id"), row.getString("name"), Rows.revision(row));
  }
}
