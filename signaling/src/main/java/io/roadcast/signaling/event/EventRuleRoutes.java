package io.roadcast.signaling.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.events.TaskWish;
import io.roadcast.events.rule.DryRun;
import io.roadcast.events.rule.DryRun.Judged;
import io.roadcast.events.rule.RuleBook;
import io.roadcast.events.rule.RuleException;
import io.roadcast.events.rule.RuleReader;
import io.roadcast.events.rule.RuleSet;
import io.roadcast.events.store.EventQuery;
import io.roadcast.events.store.EventTables.Place;
import io.roadcast.events.store.RuleTable;
import io.roadcast.events.store.RuleTable.Stored;
import io.roadcast.fleet.access.Action;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is done about events. Rules are YAML or JSON, of the node or of an organization. */
final class EventRuleRoutes {
  private static final String RULES = "/api/v1/event-rules";

  private final EventApi.Stores stores;
  private final RuleTable table;
  private final RuleBook book;
  private final EventRequest request;
  private final RequestBody bodies;

  EventRuleRoutes(EventApi.Stores stores, EventRequest request, RequestBody bodies) {
    this.stores = stores;
    this.table = stores.ruleTable();
    this.book = stores.rules();
    this.request = request;
    this.bodies = bodies;
  }

  void install(RoutesConfig routes) {
    routes.get(RULES, this::show);
    routes.put(RULES, this::put);
    routes.delete(RULES, this::remove);
    routes.post(RULES + "/dry-run", this::dryRun);
  }

  private void show(Context ctx) {
    UUID organization = request.organization(ctx, Action.VIEW_EVENTS);
    Optional<Stored> own = table.find(organization);
    Optional<Stored> stored = own.isPresent() ? own : table.find(null);
    String origin =
        own.isPresent()
            ? organization == null ? "node" : "organization"
            : stored.isPresent() ? "node" : "configuration";
    answer(ctx, stored.map(Stored::rules).orElseGet(book::text), origin);
  }

  private static void answer(Context ctx, String rules, String origin) {
    try {
      String text = "{\"origin\":\"" + origin + "\"," + RuleReader.toJson(rules).substring(1);
      ctx.result(text);
      ctx.contentType("application/json");
    } catch (RuleException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private void put(Context ctx) throws IOException {
    UUID organization = request.organization(ctx, Action.CHANGE_EVENT_RULES);
    String text = text(ctx);
    read(text);
    String rules = toJson(text);
    table.put(organization, rules, request.gate().identify(ctx).id());
    book.reload();
    audit(ctx, organization, "event_rules.change");
    answer(ctx, rules, organization == null ? "node" : "organization");
  }

  private void remove(Context ctx) {
    UUID organization = request.organization(ctx, Action.CHANGE_EVENT_RULES);
    if (!table.remove(organization)) {
      throw new ApiException(ErrorCode.EVENT_RULES_NOT_FOUND, "There are no rules of its own.");
    }
    book.reload();
    audit(ctx, organization, "event_rules.remove");
    ctx.status(204);
  }

  private void audit(Context ctx, @Nullable UUID organization, String action) {
    request.audit(ctx, organization, action, "event_rules", null, null);
  }

  /** The newest events of the query, 500 at most, judged by the rules of the body. */
  private void dryRun(Context ctx) throws IOException {
    EventQuery query = request.query(ctx);
    int limit = RequestParameters.limit(ctx);
    RuleSet rules = read(text(ctx));
    List<Judged> judged =
        new DryRun(stores.tables()).run(rules, stores.tables().list(query, Place.FIRST, limit));
    Map<String, Integer> matches = new TreeMap<>();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    for (Judged each : judged) {
      each.verdict().rules().forEach(rule -> matches.merge(rule, 1, Integer::sum));
      items.add(view(each));
    }
    ObjectNode counts = answer.putObject("matches");
    matches.forEach(counts::put);
    answer.put("events", judged.size());
    ctx.result(answer.toString());
    ctx.contentType("application/json");
  }

  private static JsonNode view(Judged judged) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("event", judged.event().id().toString());
    view.put("type", judged.event().type().label());
    view.put("timestamp", judged.event().at().toString());
    view.put("severity", judged.verdict().severity().label());
    view.put("suppressed", judged.verdict().suppressed());
    view.put("attention", judged.verdict().attention());
    ArrayNode rules = view.putArray("rules");
    judged.verdict().rules().forEach(rules::add);
    ArrayNode actions = view.putArray("actions");
    judged.verdict().tasks().stream().map(TaskWish::action).forEach(actions::add);
    return view;
  }

  private String text(Context ctx) throws IOException {
    return new String(bodies.read(ctx, RequestBody.MAX_JSON_BYTES), StandardCharsets.UTF_8);
  }

  private static RuleSet read(String text) {
    try {
      return RuleReader.read(text);
    } catch (RuleException wrong) {
      throw EventBody.invalid(wrong.detail() + ".");
    }
  }

  private static String toJson(String text) {
    try {
      return RuleReader.toJson(text);
    } catch (RuleException wrong) {
      throw EventBody.invalid(wrong.detail() + ".");
    }
  }
}
