package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.Group;
import io.roadcast.fleet.PlainText;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The groups of vehicles. */
public final class Groups {
  /** The ids of a group and of all that lie in it; bound as {@code :group}. */
  static final String WITHIN =
      """
      WITH RECURSIVE within(id) AS (
        SELECT id FROM vehicle_group WHERE id = :group
        UNION
        SELECT g.id FROM vehicle_group g JOIN within w ON g.parent_id = w.id)
      SELECT id FROM within
      """;

  private final Database database;

  /** What can be said of a group. */
  public record Draft(@Nullable UUID parent, String name) {
    public Draft {
      name = PlainText.required(name, "name");
    }
  }

  Groups(Database database) {
    this.database = database;
  }

  /** All of a scope, at whatever depth. */
  public Page<Group> list(Scope scope, Page.Wish wish) {
    List<Group> found =
        database.withHandle(
            handle ->
                wish.query(handle, scope, "SELECT t.* FROM vehicle_group t", "")
                    .map(Groups::map)
                    .list());
    return Page.of(found, wish, Group::id);
  }

  public Optional<Group> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM vehicle_group WHERE id = :id")
                .bind("id", id)
                .map(Groups::map)
                .findOne());
  }

  public Group create(UUID organization, Draft draft) {
    return Refusals.inTransaction(database, handle -> insert(handle, organization, draft));
  }

  static Group insert(Handle handle, UUID organization, Draft draft) {
    return handle
        .createQuery(
            """
            INSERT INTO vehicle_group (id, organization_id, parent_id, name)
            VALUES (:id, :organization, :parent, :name) RETURNING *
            """)
        .bind("id", TimeOrderedId.next())
        .bind("organization", organization)
        .bind("parent", draft.parent())
        .bind("name", draft.name())
        .map(Groups::map)
        .one();
  }

  /**
   * @param version that the change is meant for; null for whichever is there
   */
  public Group change(UUID id, @Nullable Long version, UnaryOperator<Draft> change) {
    return Refusals.inTransaction(database, handle -> change(handle, id, version, change));
  }

  private static Group change(
      Handle handle, UUID id, @Nullable Long version, UnaryOperator<Draft> change) {
    Group present = locked(handle, id, version);
    Draft wanted = change.apply(new Draft(present.parent(), present.name()));
    if (wanted.parent() != null && !wanted.parent().equals(present.parent())) {
      // Two moves at once could build a ring that neither of them sees.
      handle.execute("LOCK TABLE vehicle_group IN SHARE ROW EXCLUSIVE MODE");
      if (within(handle, id).contains(wanted.parent())) {
        throw new FleetException(FleetProblem.GROUP_CYCLE, "A group can not lie within itself.");
      }
    }
    return handle
        .createQuery(
            """
            UPDATE vehicle_group SET parent_id = :parent, name = :name, version = version + 1,
              updated_at = now() WHERE id = :id RETURNING *
            """)
        .bind("id", id)
        .bind("parent", wanted.parent())
        .bind("name", wanted.name())
        .map(Groups::map)
        .one();
  }

  /** Only of one that has nothing in it. */
  public void remove(UUID id, @Nullable Long version) {
    Refusals.explainingRemoval(
        FleetProblem.GROUP_NOT_EMPTY,
        "The group still has groups or vehicles.",
        () ->
            database.useTransaction(
                handle -> {
                  locked(handle, id, version);
                  handle.execute("DELETE FROM vehicle_group WHERE id = ?", id);
                }));
  }

  private static List<UUID> within(Handle handle, UUID group) {
    return handle.createQuery(WITHIN).bind("group", group).mapTo(UUID.class).list();
  }

  private static Group locked(Handle handle, UUID id, @Nullable Long version) {
    Group present =
        handle
            .createQuery("SELECT * FROM vehicle_group WHERE id = :id FOR UPDATE")
            .bind("id", id)
            .map(Groups::map)
            .findOne()
            .orElseThrow(
                () -> new FleetException(FleetProblem.GROUP_NOT_FOUND, "There is no such group."));
    Refusals.requireVersion(version, present.revision().version());
    return present;
  }

  private static Group map(ResultSet row, StatementContext context) throws SQLException {
    return new Group(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "organization_id"),
        Rows.optionalUuid(row, "parent_id"),
        row.getString("name"),
        Rows.revision(row));
  }
}
