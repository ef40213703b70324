package io.roadcast.signaling.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.events.EventComment;
import io.roadcast.events.EventJson;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventReport;
import io.roadcast.events.Evidence;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventHandlings;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.EventTables.Place;
import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.PageCursor;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events: listed, shown, handled, reported by others. */
final class EventRoutes {
  private static final int MOST_REPORTS = 500;
  private static final int MOST_COMMENT = 2000;
  private static final int MOST_ASSIGNEE = 100;

  private final EventApi.Stores stores;
  private final FleetRecords fleet;
  private final EventRequest request;
  private final RequestBody bodies;
  private final Json json;

  EventRoutes(
      EventApi.Stores stores,
      FleetRecords fleet,
      EventRequest request,
      RequestBody bodies,
      Json json) {
    this.stores = stores;
    this.fleet = fleet;
    this.request = request;
    this.bodies = bodies;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/events", this::list);
    routes.post("/api/v1/events", this::report);
    routes.get("/api/v1/events/{id}", this::show);
    routes.patch("/api/v1/events/{id}", this::handle);
    routes.post("/api/v1/events/{id}/comments", this::comment);
  }

  private EventTables tables() {
    return stores.tables();
  }

  private void list(Context ctx) {
    var query = request.query(ctx);
    int limit = RequestParameters.limit(ctx);
    Place after =
        PageCursor.timed(ctx, (at, id) -> new Place(at, UUID.fromString(id))).orElse(Place.FIRST);
    List<SafetyEvent> found = tables().list(query, after, limit + 1);
    boolean more = found.size() > limit;
    List<SafetyEvent> page = more ? found.subList(0, limit) : found;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("items", views(page));
    if (more) {
      answer.put("next", cursor(Place.of(page.getLast())));
    }
    answer(ctx, answer);
  }

  private static String cursor(Place last) {
    return PageCursor.encode(last.at(), last.id());
  }

  private ArrayNode views(List<SafetyEvent> events) {
    EventEvidence evidence = stores.evidence();
    Map<UUID, List<Evidence>> files = new HashMap<>();
    for (Evidence each : evidence.of(events.stream().map(SafetyEvent::id).toList())) {
      files.computeIfAbsent(each.event(), any -> new ArrayList<>()).add(each);
    }
    ArrayNode views = JsonNodeFactory.instance.arrayNode();
    for (SafetyEvent event : events) {
      views.add(EventJson.of(event, files.getOrDefault(event.id(), List.of())));
    }
    return views;
  }

  private void show(Context ctx) {
    answer(ctx, whole(request.require(ctx, Action.VIEW_EVENTS)));
  }

  /** With what people wrote about it. */
  private ObjectNode whole(SafetyEvent event) {
    ObjectNode view = EventJson.of(event, stores.evidence().of(event.id()));
    ArrayNode comments = view.putArray("comments");
    stores.handlings().comments(event.id()).forEach(each -> comments.add(view(each)));
    return view;
  }

  private static ObjectNode view(EventComment comment) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", comment.id().toString())
        .put("at", comment.at().toString())
        .put("author", comment.author())
        .put("text", comment.text());
  }

  private void handle(Context ctx) throws IOException {
    SafetyEvent event = request.require(ctx, Action.HANDLE_EVENTS);
    JsonNode body = body(ctx);
    EventHandlings.Change change =
        new EventHandlings.Change(
            truth(body, "acknowledged"), assignee(body), truth(body, "falseAlarm"));
    SafetyEvent changed =
        stores
            .handlings()
            .change(event.id(), change, request.gate().identify(ctx).id())
            .orElseThrow(
                () -> new ApiException(ErrorCode.EVENT_NOT_FOUND, "There is no such event."));
    request.audit(
        ctx,
        event.owner().organization(),
        "event.handle",
        "event",
        event.id().toString(),
        body.toString());
    answer(ctx, whole(changed));
  }

  private static @Nullable Boolean truth(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw EventBody.invalid("\"" + name + "\" is true or false.");
    }
    return value.asBoolean();
  }

  private static @Nullable String assignee(JsonNode body) {
    JsonNode value = body.path("assignee");
    if (value.isMissingNode()) {
      return null;
    }
    if (value.isNull()) {
      return "";
    }
    if (!value.isTextual()
        || value.asText().length() > MOST_ASSIGNEE
        || value.asText().indexOf('\0') >= 0) {
      throw EventBody.invalid("\"assignee\" is a text, or null for nobody.");
    }
    return value.asText();
  }

  private void comment(Context ctx) throws IOException {
    SafetyEvent event = request.require(ctx, Action.HANDLE_EVENTS);
    JsonNode text = body(ctx).path("text");
    if (!text.isTextual()
        || text.asText().isBlank()
        || text.asText().length() > MOST_COMMENT
        || text.asText().indexOf('\0') >= 0) {
      throw EventBody.invalid("\"text\" has 1 to " + MOST_COMMENT + " characters.");
    }
    EventComment comment =
        stores.handlings().comment(event.id(), request.gate().identify(ctx).id(), text.asText());
    ctx.status(201);
    answer(ctx, view(comment));
  }

  /** One event, or a list of them under "events". */
  private void report(Context ctx) throws IOException {
    request.gate().identify(ctx);
    JsonNode body = body(ctx);
    JsonNode list = body.path("events");
    if (!list.isMissingNode() && (!list.isArray() || list.size() > MOST_REPORTS)) {
      throw EventBody.invalid("\"events\" is a list of at most " + MOST_REPORTS + ".");
    }
    List<EventReport> reports = new ArrayList<>();
    for (JsonNode each : list.isMissingNode() ? List.of(body) : list) {
      reports.add(read(ctx, new EventBody(each)));
    }
    EventIntake intake = stores.intake();
    List<SafetyEvent> fresh = intake.report(reports);
    ctx.status(201);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("items", views(fresh));
    answer(ctx, answer);
  }

  private EventReport read(Context ctx, EventBody body) {
    String digits = body.terminal();
    EventOwner owner = EventOwner.NOBODY;
    Resource resource = Resource.terminal(digits);
    String terminal = digits;
    if (fleet.identities().byNumber(digits) instanceof Resolution.Known(KnownTerminal known)) {
      owner = new EventOwner(known.id(), known.vehicle(), null, known.organization());
      terminal = known.digits();
      resource = Resource.terminal(terminal, known.organization());
    }
    request.gate().require(ctx, Action.REPORT_EVENTS, resource);
    return body.read(terminal, owner, Instant.now().truncatedTo(ChronoUnit.MICROS));
  }

  private JsonNode body(Context ctx) throws IOException {
    return json.readObject(bodies.read(ctx, RequestBody.MAX_JSON_BYTES), ErrorCode.INVALID_BODY);
  }

  private static void answer(Context ctx, ObjectNode body) {
    ctx.result(body.toString());
    ctx.contentType("application/json");
  }
}
