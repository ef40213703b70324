package io.roadcast.signaling.event;

import io.javalin.http.Context;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventType;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import io.roadcast.events.store.EventQuery;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.signaling.fleet.PermittedOrganizations;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.RequestParameters;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the routes of events have in common: which are meant, whose they are, the audit. */
final class EventRequest {
  private final FleetRecords fleet;
  private final EventTables tables;
  private final Gate gate;
  private final PermittedOrganizations permitted;

  EventRequest(FleetRecords fleet, EventTables tables, Gate gate) {
    this.fleet = fleet;
    this.tables = tables;
    this.gate = gate;
    this.permitted = new PermittedOrganizations(fleet.organizations(), gate);
  }

  Gate gate() {
    return gate;
  }

  /** As it was at that time: a terminal may belong to somebody else today. */
  static Resource resource(SafetyEvent event) {
    UUID organization = event.owner().organization();
    return organization == null
        ? Resource.terminal(event.terminal())
        : Resource.terminal(event.terminal(), organization);
  }

  /** The event of {@code {id}}, if the asker may do that to it. */
  SafetyEvent require(Context ctx, Action action) {
    Principal principal = gate.identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.EVENT_NOT_FOUND);
    Optional<SafetyEvent> found = tables.find(id);
    if (found.isPresent() && gate.permits(principal, action, resource(found.get()))) {
      return found.get();
    }
    if (found.isEmpty() || !gate.permits(principal, Action.VIEW_EVENTS, resource(found.get()))) {
      // Somebody who may do so to nothing at all is told that, whatever there is.
      organizations(ctx, action);
      throw new ApiException(ErrorCode.EVENT_NOT_FOUND, "There is no such event.");
    }
    gate.require(ctx, action, resource(found.get()));
    return found.get();
  }

  /**
   * Which events the query of the request means, of those that the asker may see.
   *
   * @throws ApiException INVALID_PARAMETER, FORBIDDEN
   */
  EventQuery query(Context ctx) {
    String terminal = terminal(ctx);
    String type = ctx.queryParam("type");
    EventType exact = null;
    EventKind kind = null;
    if (type != null && !type.isEmpty()) {
      exact = parsed("type", type, EventType::ofLabel);
      kind = exact.kind();
    } else {
      kind = parameter(ctx, "kind", EventKind::ofLabel);
    }
    return new EventQuery(
        seen(ctx, terminal),
        terminal,
        parameter(ctx, "vehicle", UUID::fromString),
        parameter(ctx, "group", UUID::fromString),
        kind,
        exact == null ? null : exact.subtype(),
        parameter(ctx, "severity", Severity::ofLabel),
        state(ctx),
        truth(ctx, "acknowledged"),
        parameter(ctx, "assignee", text -> text),
        truth(ctx, "false_alarm"),
        truth(ctx, "suppressed"),
        RequestParameters.time(ctx, "from").orElse(null),
        RequestParameters.time(ctx, "to").orElse(null));
  }

  private @Nullable Set<UUID> seen(Context ctx, @Nullable String terminal) {
    boolean own =
        terminal != null
            && gate.permits(gate.identify(ctx), Action.VIEW_EVENTS, Resource.terminal(terminal));
    return own ? null : organizations(ctx, Action.VIEW_EVENTS);
  }

  private static @Nullable String terminal(Context ctx) {
    return parameter(
        ctx,
        "terminal",
        text ->
            TerminalDigits.of(text)
                .orElseThrow(() -> new IllegalArgumentException("no terminal has this number")));
  }

  private static @Nullable Boolean state(Context ctx) {
    return parameter(
        ctx,
        "state",
        text ->
            switch (text) {
              case "open" -> true;
              case "ended" -> false;
              default -> throw new IllegalArgumentException("it is open or ended");
            });
  }

  private static @Nullable Boolean truth(Context ctx, String name) {
    return parameter(
        ctx,
        name,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("it is true or false");
            });
  }

  static <T> @Nullable T parameter(Context ctx, String name, Function<String, T> reader) {
    String text = ctx.queryParam(name);
    return text == null || text.isEmpty() ? null : parsed(name, text, reader);
  }

  private static <T> T parsed(String name, String text, Function<String, T> reader) {
    try {
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("it holds a character that nothing has");
      }
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, name + " can not be \"" + text + "\": " + e.getMessage());
    }
  }

  /**
   * Whose events the asker may do that to; null for everybody's.
   *
   * @throws ApiException FORBIDDEN if nobody's
   */
  @Nullable Set<UUID> organizations(Context ctx, Action action) {
    return permitted.scope(ctx, action).organizations();
  }

  /** The organization that a request names; null for the node. */
  @Nullable UUID organization(Context ctx, Action action) {
    UUID organization = parameter(ctx, "organization", UUID::fromString);
    Principal principal = gate.identify(ctx);
    Resource resource =
        organization == null ? Resource.whole() : Resource.organization(organization);
    if (organization != null && !gate.permits(principal, action, resource)) {
      organizations(ctx, action);
      throw new ApiException(ErrorCode.ORGANIZATION_NOT_FOUND, "There is no such organization.");
    }
    gate.require(ctx, action, resource);
    return organization;
  }

  void audit(
      Context ctx,
      @Nullable UUID organization,
      String action,
      String kind,
      @Nullable String resource,
      @Nullable String detail) {
    fleet
        .audit()
        .add(
            new AuditTrail.Entry(
                organization,
                Instant.now(),
                gate.identify(ctx).id(),
                ctx.ip(),
                action,
                kind,
                resource,
                "done",
                detail));
  }
}
