package io.roadcast.signaling.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.Group;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.command.CommandDesk;
import io.roadcast.jtt.command.CommandOrder;
import io.roadcast.jtt.command.TerminalCommand;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.MediaTypes;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.http.RouteSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands to terminals, and what became of them. */
final class CommandRoutes {
  private static final int MAX_KEY = 200;
  private static final String COMMANDED = "terminal_commanded";

  private final CommandDesk desk;
  private final FleetRecords records;
  private final NamedTerminals terminals;
  private final RouteSet.Tools tools;
  private final Audit audit;

  /** A page of commands; {@code next} is the id of the last one. */
  record Page(List<CommandView> items, @Nullable String next) {}

  /**
   * What became of a request to a group, terminal by terminal.
   *
   * @param batch that all of the commands carry
   */
  record Batch(UUID batch, List<CommandView> items) {}

  CommandRoutes(
      CommandDesk desk, FleetRecords records, NamedTerminals terminals, RouteSet.Tools tools) {
    this.desk = desk;
    this.records = records;
    this.terminals = terminals;
    this.tools = tools;
    this.audit = new Audit(records, tools.gate());
  }

  void install(RoutesConfig routes) {
    routes.post("/api/v1/terminals/{id}/commands", this::command);
    routes.get("/api/v1/terminals/{id}/commands", this::list);
    routes.get("/api/v1/commands/{id}", this::show);
    routes.post("/api/v1/groups/{id}/commands", this::commandGroup);
  }

  private void command(Context ctx) throws IOException {
    NamedTerminals.Called terminal = terminals.require(ctx, Action.COMMAND_TERMINALS);
    CommandBody body = body(ctx);
    Jt808Message message = body.message();
    TerminalCommand taken = take(order(ctx, terminal, body, message, null));
    audit.done(
        ctx,
        COMMANDED,
        new Audit.Subject(terminal.organization(), "terminal", terminal.digits()),
        body.type());
    ctx.status(202);
    ctx.header("Location", "/api/v1/commands/" + taken.id());
    write(ctx, CommandView.of(taken));
  }

  private void commandGroup(Context ctx) throws IOException {
    tools.gate().identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.GROUP_NOT_FOUND);
    Optional<Group> group = records.groups().find(id);
    tools
        .gate()
        .require(
            ctx,
            Action.COMMAND_TERMINALS,
            group
                .map(found -> Resource.organization(found.organization()))
                .orElseGet(Resource::whole));
    if (group.isEmpty()) {
      throw new ApiException(ErrorCode.GROUP_NOT_FOUND, "There is no such group.");
    }
    CommandBody body = body(ctx);
    Jt808Message message = body.message();
    UUID fresh = TimeOrderedId.next();
    List<CommandView> taken = new ArrayList<>();
    for (UUID each : records.vehicles().terminalsOfGroup(id)) {
      Optional<Terminal> terminal = records.terminals().find(each);
      if (terminal.flatMap(Terminal::phone).isPresent()) {
        NamedTerminals.Called called = NamedTerminals.called(terminal.get());
        taken.add(CommandView.of(take(order(ctx, called, body, message, fresh))));
      }
    }
    audit.done(
        ctx,
        COMMANDED,
        new Audit.Subject(group.get().organization(), "group", id.toString()),
        body.type());
    ctx.status(202);
    // With a key that was used before it is the batch of then.
    UUID batch =
        taken.stream().map(CommandView::batch).filter(Objects::nonNull).findFirst().orElse(fresh);
    write(ctx, new Batch(batch, taken));
  }

  private TerminalCommand take(CommandOrder order) {
    CommandDesk.Taken taken = desk.take(order);
    if (taken.keyOfAnotherRequest()) {
      throw new ApiException(
          ErrorCode.IDEMPOTENCY_KEY_REUSED, "This key was used for another command.");
    }
    return taken.command();
  }

  private CommandBody body(Context ctx) throws IOException {
    if (!MediaTypes.is(ctx.contentType(), "application/json")) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: application/json is expected here.");
    }
    byte[] bytes = tools.bodies().read(ctx, RequestBody.MAX_JSON_BYTES);
    JsonNode read = tools.json().readObject(bytes, ErrorCode.INVALID_BODY);
    return new CommandBody(read);
  }

  private CommandOrder order(
      Context ctx,
      NamedTerminals.Called terminal,
      CommandBody body,
      Jt808Message message,
      @Nullable UUID batch) {
    Principal principal = tools.gate().identify(ctx);
    String key = ctx.header("Idempotency-Key");
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, "Idempotency-Key has 1 to " + MAX_KEY + " characters.");
    }
    return new CommandOrder(
        terminal.digits(),
        terminal.organization(),
        body.type(),
        message,
        body.toString(),
        principal.id(),
        key,
        batch);
  }

  private void list(Context ctx) {
    String terminal = terminals.require(ctx, Action.COMMAND_TERMINALS).digits();
    int limit = RequestParameters.limit(ctx);
    String cursor = ctx.queryParam("cursor");
    List<TerminalCommand> found =
        cursor == null || cursor.isEmpty()
            ? desk.latest(terminal, limit + 1)
            : desk.olderThan(shown(cursor, terminal), limit + 1);
    boolean more = found.size() > limit;
    List<TerminalCommand> page = more ? found.subList(0, limit) : found;
    write(
        ctx,
        new Page(
            page.stream().map(CommandView::of).toList(),
            more ? page.getLast().id().toString() : null));
  }

  private TerminalCommand shown(String cursor, String terminal) {
    try {
      return desk.find(UUID.fromString(cursor))
          .filter(command -> command.terminal().equals(terminal))
          .orElseThrow(IllegalArgumentException::new);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is none that this server gave.");
    }
  }

  private void show(Context ctx) {
    tools.gate().identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.COMMAND_NOT_FOUND);
    Optional<TerminalCommand> found = desk.find(id);
    tools.gate().require(ctx, Action.COMMAND_TERMINALS, resource(found));
    write(
        ctx,
        CommandView.of(
            found.orElseThrow(
                () -> new ApiException(ErrorCode.COMMAND_NOT_FOUND, "There is no such command."))));
  }

  private static Resource resource(Optional<TerminalCommand> command) {
    if (command.isEmpty()) {
      return Resource.whole();
    }
    UUID organization = command.get().organization();
    String terminal = command.get().terminal();
    return organization == null
        ? Resource.terminal(terminal)
        : Resource.terminal(terminal, organization);
  }

  private void write(Context ctx, Object body) {
    ctx.result(tools.json().write(body));
    ctx.contentType("application/json");
  }
}
