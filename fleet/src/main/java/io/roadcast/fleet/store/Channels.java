package io.roadcast.fleet.store;

import io.roadcast.fleet.Channel;
import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.PlainText;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The cameras of terminals. */
public final class Channels {
  private final Database database;

  Channels(Database database) {
    this.database = database;
  }

  /** All of a terminal, by number. */
  public List<Channel> of(UUID terminal) {
    return database.withHandle(
        handle -> of(handle, List.of(terminal)).getOrDefault(terminal, List.of()));
  }

  static Map<UUID, List<Channel>> of(Handle handle, Collection<UUID> terminals) {
    Map<UUID, List<Channel>> found = new HashMap<>();
    if (!terminals.isEmpty()) {
      handle
          .createQuery("SELECT * FROM channel WHERE terminal_id = ANY(:terminals) ORDER BY number")
          .bind("terminals", terminals.toArray(UUID[]::new))
          .map(Channels::map)
          .forEach(
              channel ->
                  found
                      .computeIfAbsent(channel.terminal(), terminal -> new ArrayList<>())
                      .add(channel));
    }
    return found;
  }

  /**
   * Makes it, or renames it if it is there.
   *
   * @param version that a change is meant for; null for whichever is there, or none
   */
  public Channel put(UUID terminal, int number, @Nullable Long version, @Nullable String name) {
    checkNumber(number);
    String kept = PlainText.optional(name, "name");
    return database.inTransaction(
        handle -> {
          Terminal present = Terminals.locked(handle, terminal, null);
          checkVersion(handle, terminal, number, version);
          NewRecords fresh = new NewRecords(handle);
          fresh.channel(terminal, present.organization(), number, kept);
          fresh.write();
          return one(handle, terminal, number);
        });
  }

  private static Channel one(Handle handle, UUID terminal, int number) {
    return handle
        .createQuery("SELECT * FROM channel WHERE terminal_id = :terminal AND number = :number")
        .bind("terminal", terminal)
        .bind("number", number)
        .map(Channels::map)
        .one();
  }

  public void remove(UUID terminal, int number, @Nullable Long version) {
    database.useTransaction(
        handle -> {
          Terminals.locked(handle, terminal, null);
          checkVersion(handle, terminal, number, version);
          int removed =
              handle.execute(
                  "DELETE FROM channel WHERE terminal_id = ? AND number = ?", terminal, number);
          if (removed == 0) {
            throw new FleetException(
                FleetProblem.CHANNEL_NOT_FOUND, "The terminal has no such channel.");
          }
        });
  }

  private static void checkVersion(
      Handle handle, UUID terminal, int number, @Nullable Long version) {
    boolean conflict =
        version != null
            && handle
                .createQuery(
                    "SELECT version FROM channel WHERE terminal_id = :terminal AND number ="
                        + " :number")
                .bind("terminal", terminal)
                .bind("number", number)
                .mapTo(Long.class)
                .findOne()
                .filter(version::equals)
                .isEmpty();
    if (conflict) {
      throw Refusals.conflict();
    }
  }

  private static void checkNumber(int number) {
    if (number < 0 || number > Channel.MAX_NUMBER) {
      throw new FleetException(
          FleetProblem.INVALID_FIELD,
          "A channel is a number from 0 to " + Channel.MAX_NUMBER + ".");
    }
  }

  private static Channel map(ResultSet row, StatementContext context) throws SQLException {
    return new Channel(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "organization_id"),
        Rows.uuid(row, "terminal_id"),
        row.getInt("number"),
        Rows.optionalText(row, "name"),
        Rows.revision(row));
  }
}
