package io.roadcast.signaling.fleet;

import io.javalin.http.Context;
import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.Revision;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.fleet.store.Page;
import io.roadcast.fleet.store.Presence;
import io.roadcast.fleet.store.Scope;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.MediaTypes;
import io.roadcast.signaling.http.PageCursor;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of the fleet have in common: reading requests, access, audit, answers. */
final class FleetRequest {
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");
  private static final int MAX_QUERY = 100;

  private final FleetRecords records;
  private final TerminalStates states;
  private final Gate gate;
  private final PermittedOrganizations permitted;
  private final RequestBody bodies;
  private final Json json;

  /** A page as it is written. */
  record PageView<T>(List<T> items, @Nullable String next) {}

  FleetRequest(
      FleetRecords records, TerminalStates states, Gate gate, RequestBody bodies, Json json) {
    this.records = records;
    this.states = states;
    this.gate = gate;
    this.permitted = new PermittedOrganizations(records.organizations(), gate);
    this.bodies = bodies;
    this.json = json;
  }

  /**
   * Whose records the asker may see.
   *
   * @throws ApiException FORBIDDEN if nobody's
   */
  Scope scope(Context ctx, Action action) {
    return permitted.scope(ctx, action);
  }

  Principal require(Context ctx, Action action, Resource resource) {
    return gate.require(ctx, action, resource);
  }

  /** What was found, if the asker may do that to it; see {@link Gate#requireFound}. */
  <T> T requireFound(
      Context ctx,
      Action action,
      Optional<T> found,
      Function<T, Resource> resource,
      Supplier<ApiException> notFound) {
    return gate.requireFound(ctx, action, found, resource, notFound);
  }

  /** Who asks; what they may is asked when it is known of what. */
  void identify(Context ctx) {
    gate.identify(ctx);
  }

  /** The organization that a body names, else the one that things belong to otherwise. */
  UUID organization(Fields fields) {
    return fields.uuid("organization").orElseGet(this::usualOrganization);
  }

  UUID usualOrganization() {
    return records.organizations().ofNobodyElse();
  }

  Page.Wish wish(Context ctx) {
    UUID after = PageCursor.of(ctx, FleetRequest::place).orElse(null);
    return new Page.Wish(after, RequestParameters.limit(ctx));
  }

  private static UUID place(String text) {
    return Fields.asUuid(text).orElseThrow(IllegalArgumentException::new);
  }

  <T, V> void answer(Context ctx, Page<T> page, Function<T, V> view) {
    UUID next = page.next();
    String cursor = next == null ? null : PageCursor.encode(next.toString());
    answer(ctx, new PageView<>(page.items().stream().map(view).toList(), cursor));
  }

  void answer(Context ctx, Object body) {
    ctx.result(json.write(body));
    ctx.contentType("application/json");
  }

  /** With the version that {@code If-Match} compares. */
  void answer(Context ctx, Revision revision, Object body) {
    ctx.header("ETag", "\"" + revision.version() + "\"");
    answer(ctx, body);
  }

  void answerCreated(Context ctx, String location, Revision revision, Object body) {
    ctx.status(201);
    ctx.header("Location", location);
    answer(ctx, revision, body);
  }

  /** The body's members. */
  Fields fields(Context ctx) throws IOException {
    if (!MediaTypes.is(ctx.contentType(), "application/json")
        && !MediaTypes.is(ctx.contentType(), "application/merge-patch+json")) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: application/json is expected here.");
    }
    byte[] body = bodies.read(ctx, RequestBody.MAX_JSON_BYTES);
    return new Fields(json.readObject(body, ErrorCode.INVALID_BODY));
  }

  /** The body's members; none if there is no body. */
  Fields optionalFields(Context ctx) throws IOException {
    return ctx.req().getContentLengthLong() == 0 || ctx.contentType() == null
        ? new Fields(json.readObject("{}".getBytes(StandardCharsets.UTF_8), ErrorCode.INVALID_BODY))
        : fields(ctx);
  }

  byte[] body(Context ctx, int maxBytes) throws IOException {
    return bodies.read(ctx, maxBytes);
  }

  /**
   * The version that {@code If-Match} names; null if the header is absent or "*".
   *
   * @throws ApiException PRECONDITION_FAILED if it names none that this server gives
   */
  static @Nullable Long version(Context ctx) {
    String header = ctx.header("If-Match");
    if (header == null || header.strip().equals("*")) {
      return null;
    }
    String tag = header.strip();
    try {
      if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
        return Long.parseLong(tag.substring(1, tag.length() - 1));
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ApiException(ErrorCode.PRECONDITION_FAILED, "If-Match names no version of it.");
  }

  static UUID id(Context ctx, ErrorCode notOne) {
    return RequestParameters.uuid(ctx, "id", notOne);
  }

  /** {@code ?query=}; null if absent. */
  static @Nullable String query(Context ctx) {
    String text = ctx.queryParam("query");
    if (text == null || text.isBlank()) {
      return null;
    }
    String query = text.strip();
    if (query.length() > MAX_QUERY || query.indexOf(0) >= 0) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, "query has at most " + MAX_QUERY + " characters.");
    }
    return query;
  }

  /** {@code ?state=online|offline}; null if absent. */
  @Nullable Presence presence(Context ctx) {
    String state = ctx.queryParam("state");
    if (state == null || state.isEmpty()) {
      return null;
    }
    return switch (state) {
      case "online" -> new Presence(Presence.State.ONLINE, connected());
      case "offline" -> new Presence(Presence.State.OFFLINE, connected());
      default ->
          throw new ApiException(
              ErrorCode.INVALID_PARAMETER, "state is \"online\" or \"offline\".");
    };
  }

  private Set<UUID> connected() {
    Set<UUID> ids = new HashSet<>();
    for (String digits : states.online()) {
      if (records.identities().byNumber(digits)
          instanceof io.roadcast.fleet.Resolution.Known(var terminal)) {
        ids.add(terminal.id());
      }
    }
    return ids;
  }

  /**
   * What is changed, for the audit.
   *
   * @param resource its id; null while it has none
   */
  record Subject(
      String action, String kind, @Nullable UUID organization, @Nullable String resource) {}

  /** Does something and writes down who did it and what came of it. */
  <T> T audited(Context ctx, Subject subject, Supplier<T> work, Function<T, String> idOf) {
    try {
      T done = work.get();
      write(ctx, subject, idOf.apply(done), "done", null);
      return done;
    } catch (FleetException refusal) {
      write(ctx, subject, subject.resource, refusal.problem().name(), refusal.getMessage());
      throw refusal;
    }
  }

  /** The same for what has its id already and gives nothing back. */
  void audited(Context ctx, Subject subject, Runnable work) {
    String id = subject.resource == null ? "" : subject.resource;
    audited(
        ctx,
        subject,
        () -> {
          work.run();
          return id;
        },
        Function.identity());
  }

  private void write(
      Context ctx, Subject subject, @Nullable String id, String outcome, @Nullable String detail) {
    String by = gate.identify(ctx).id();
    AUDIT.info(
        "{} by={} from={} {}={} outcome={}",
        subject.action,
        by,
        ctx.ip(),
        subject.kind,
        id,
        outcome);
    records
        .audit()
        .add(
            new AuditTrail.Entry(
                subject.organization,
                Instant.now(),
                by,
                ctx.ip(),
                subject.action,
                subject.kind,
                id,
                outcome,
                detail));
  }
}
