package io.roadcast.jtt.command;

import io.roadcast.fleet.database.Database;
import io.roadcast.jtt.command.TerminalCommand.State;
import io.roadcast.jtt.multimedia.OrderedMedia;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Commands in the database. Every method blocks, and fails while the database is away. */
final class CommandTable {
  private static final String COLUMNS =
      "id, terminal, organization_id, type, state, result, code, answer, batch, created_at,"
          + " updated_at";

  private final Database database;

  CommandTable(Database database) {
    this.database = database;
  }

  /** Adds a command; false if there is one of the same idempotency key. */
  boolean insert(TerminalCommand command, CommandOrder order) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate(
                        "INSERT INTO terminal_command (id, terminal, organization_id, type, state,"
                            + " request, principal, batch, idempotency_key, created_at, updated_at)"
                            + " VALUES (:id, :terminal, :organization::uuid, :type, :state, :request,"
                            + " :principal, :batch::uuid, :key, :at, :at)"
                            + " ON CONFLICT (principal, terminal, idempotency_key)"
                            + " WHERE idempotency_key IS NOT NULL DO NOTHING")
                    .bind("id", command.id())
                    .bind("terminal", command.terminal())
                    .bind("organization", command.organization())
                    .bind("type", command.type())
                    .bind("state", command.state().label())
                    .bind("request", order.request())
                    .bind("principal", order.principal())
                    .bind("batch", command.batch())
                    .bind("key", order.idempotencyKey())
                    .bind("at", command.createdAt().atOffset(ZoneOffset.UTC))
                    .execute())
        == 1;
  }

  /** The command of this key, and what was asked for with it. */
  Optional<Known> ofKey(CommandOrder order) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT request, "
                        + COLUMNS
                        + " FROM terminal_command"
                        + " WHERE principal = ? AND terminal = ? AND idempotency_key = ?")
                .bind(0, order.principal())
                .bind(1, order.terminal())
                .bind(2, order.idempotencyKey())
                .map((row, context) -> new Known(command(row), row.getString("request")))
                .findOne());
  }

  /** A command and the request it was made of. */
  record Known(TerminalCommand command, String request) {}

  /**
   * Writes how far it is; false if it was at its end before.
   *
   * @param taken what the terminal says it made because of it, by its own numbers
   */
  boolean update(TerminalCommand command, List<Long> taken) {
    return database.inTransaction(
        handle -> {
          boolean open = update(handle, command) == 1;
          if (open && !taken.isEmpty()) {
            OrderedMedia.note(handle, command.id(), command.terminal(), taken, command.createdAt());
          }
          return open;
        });
  }

  private static int update(Handle handle, TerminalCommand command) {
    return handle
        .createUpdate(
            "UPDATE terminal_command SET state = :state, result = :result, code = :code,"
                + " answer = :answer, updated_at = :at"
                + " WHERE id = :id AND state IN ('queued', 'sent')")
        .bind("id", command.id())
        .bind("state", command.state().label())
        .bind("result", command.result())
        .bind("code", command.code())
        .bind("answer", command.answer())
        .bind("at", command.updatedAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** What was under way when the server ended: nobody waits for its answer any more. */
  int failUnfinished(Instant madeBefore, String code) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    "UPDATE terminal_command SET state = 'failed', code = :code, updated_at = now()"
                        + " WHERE state IN ('queued', 'sent') AND created_at < :before")
                .bind("code", code)
                .bind("before", madeBefore.atOffset(ZoneOffset.UTC))
                .execute());
  }

  Optional<TerminalCommand> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + " FROM terminal_command WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> command(row))
                .findOne());
  }

  /** Of a terminal, newest first. */
  List<TerminalCommand> list(String terminal, Instant beforeTime, UUID beforeId, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM terminal_command WHERE terminal = ?"
                        + " AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?")
                .bind(0, terminal)
                .bind(1, beforeTime.atOffset(ZoneOffset.UTC))
                .bind(2, beforeId)
                .bind(3, limit)
                .map((row, context) -> command(row))
                .list());
  }

  private static TerminalCommand command(ResultSet row) throws SQLException {
    @Nullable UUID organization = row.getObject("organization_id", UUID.class);
    return new TerminalCommand(
        row.getObject("id", UUID.class),
        row.getString("terminal"),
        organization,
        row.getString("type"),
        State.ofLabel(row.getString("state")),
        row.getString("result"),
        row.getString("code"),
        row.getString("answer"),
        row.getObject("batch", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
