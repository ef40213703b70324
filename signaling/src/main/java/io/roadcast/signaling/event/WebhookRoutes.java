package io.roadcast.signaling.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.events.store.EventChange;
import io.roadcast.events.webhook.Delivery;
import io.roadcast.events.webhook.Delivery.State;
import io.roadcast.events.webhook.DeliveryTable;
import io.roadcast.events.webhook.DeliveryTable.Place;
import io.roadcast.events.webhook.Webhook;
import io.roadcast.events.webhook.WebhookTable;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.access.Action;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is told of events by HTTP, and what became of it. */
final class WebhookRoutes {
  private static final String PATH = "/api/v1/webhooks";
  private static final String ONE = PATH + "/{id}";
  private static final int MOST = 100;

  private final WebhookTable webhooks;
  private final DeliveryTable deliveries;
  private final Runnable wake;
  private final EventRequest request;
  private final RequestBody bodies;
  private final Json json;

  /**
   * @param stores with the dispatcher's {@code wake}, which must not block
   */
  WebhookRoutes(EventApi.Told stores, EventRequest request, RequestBody bodies, Json json) {
    this.webhooks = stores.webhooks();
    this.deliveries = stores.deliveries();
    this.wake = stores.wake();
    this.request = request;
    this.bodies = bodies;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.get(PATH, this::list);
    routes.post(PATH, this::create);
    routes.get(ONE, ctx -> answer(ctx, view(require(ctx))));
    routes.patch(ONE, this::change);
    routes.delete(ONE, this::remove);
    routes.get(ONE + "/deliveries", this::deliveries);
    routes.post(ONE + "/deliveries/resend", this::resendAll);
    routes.post(ONE + "/deliveries/{delivery}/resend", this::resend);
  }

  private void list(Context ctx) {
    Set<UUID> organizations = request.organizations(ctx, Action.CHANGE_EVENT_RULES);
    int limit = RequestParameters.limit(ctx);
    UUID after = EventRequest.parameter(ctx, "cursor", UUID::fromString);
    List<Webhook> found = webhooks.list(organizations, after, limit + 1);
    List<Webhook> page = found.size() > limit ? found.subList(0, limit) : found;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    page.forEach(each -> items.add(view(each)));
    if (found.size() > limit) {
      answer.put("next", page.getLast().id().toString());
    }
    answer(ctx, answer);
  }

  private void create(Context ctx) throws IOException {
    UUID organization = request.organization(ctx, Action.CHANGE_EVENT_RULES);
    Set<UUID> whose = organization == null ? null : Set.of(organization);
    Webhook webhook =
        new WebhookBody(body(ctx))
            .made(TimeOrderedId.next(), organization, Instant.now().truncatedTo(ChronoUnit.MICROS));
    if (webhooks.list(whose, null, MOST).size() >= MOST) {
      throw new ApiException(
          ErrorCode.TOO_MANY_WEBHOOKS, "There are " + MOST + " of them; remove one before.");
    }
    webhooks.put(webhook, request.gate().identify(ctx).id());
    audit(ctx, webhook, "webhook.create", null);
    ctx.status(201);
    ctx.header("Location", PATH + "/" + webhook.id());
    // Told once: from now on it is a secret.
    answer(ctx, view(webhook).put("secret", webhook.secret().reveal()));
  }

  private void change(Context ctx) throws IOException {
    Webhook before = require(ctx);
    Webhook changed = new WebhookBody(body(ctx)).changed(before);
    webhooks.put(changed, request.gate().identify(ctx).id());
    audit(ctx, changed, "webhook.change", null);
    wake.run();
    answer(ctx, view(changed));
  }

  private void remove(Context ctx) {
    Webhook webhook = require(ctx);
    webhooks.remove(webhook.id());
    audit(ctx, webhook, "webhook.remove", webhook.name());
    ctx.status(204);
  }

  private void deliveries(Context ctx) {
    Webhook webhook = require(ctx);
    State state = EventRequest.parameter(ctx, "state", State::ofLabel);
    int limit = RequestParameters.limit(ctx);
    Place after = EventRequest.parameter(ctx, "cursor", WebhookRoutes::place);
    List<Delivery> found =
        deliveries.list(webhook.id(), state, after == null ? Place.FIRST : after, limit + 1);
    List<Delivery> page = found.size() > limit ? found.subList(0, limit) : found;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    page.forEach(each -> items.add(view(each)));
    if (found.size() > limit) {
      Delivery last = page.getLast();
      answer.put("next", last.number() + "_" + last.id());
    }
    answer(ctx, answer);
  }

  private static Place place(String cursor) {
    int end = cursor.indexOf('_');
    if (end < 0) {
      throw new IllegalArgumentException("none that this server gave");
    }
    return new Place(
        Long.parseLong(cursor.substring(0, end)), UUID.fromString(cursor.substring(end + 1)));
  }

  private void resendAll(Context ctx) {
    resend(ctx, require(ctx), null);
  }

  private void resend(Context ctx) {
    Webhook webhook = require(ctx);
    UUID id = RequestParameters.uuid(ctx, "delivery", ErrorCode.DELIVERY_NOT_FOUND);
    Delivery delivery =
        deliveries
            .find(id)
            .filter(each -> each.webhook().equals(webhook.id()))
            .orElseThrow(
                () -> new ApiException(ErrorCode.DELIVERY_NOT_FOUND, "There is no such delivery."));
    if (delivery.state() != State.DEAD) {
      throw new ApiException(
          ErrorCode.DELIVERY_NOT_DEAD, "It is " + delivery.state().label() + ", not given up.");
    }
    resend(ctx, webhook, id);
  }

  private void resend(Context ctx, Webhook webhook, @Nullable UUID only) {
    int count = deliveries.sendAgain(webhook.id(), only, Instant.now());
    wake.run();
    audit(ctx, webhook, "webhook.resend", count + " deliveries");
    ctx.status(202);
    answer(ctx, JsonNodeFactory.instance.objectNode().put("deliveries", count));
  }

  /** The webhook of {@code {id}}, if it is one of the asker's. */
  private Webhook require(Context ctx) {
    Set<UUID> organizations = request.organizations(ctx, Action.CHANGE_EVENT_RULES);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.WEBHOOK_NOT_FOUND);
    return webhooks
        .find(id)
        .filter(
            each ->
                organizations == null
                    || (each.organization() != null && organizations.contains(each.organization())))
        .orElseThrow(
            () -> new ApiException(ErrorCode.WEBHOOK_NOT_FOUND, "There is no such webhook."));
  }

  private static ObjectNode view(Webhook webhook) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    Webhook.Wanted wanted = webhook.wanted();
    view.put("id", webhook.id().toString());
    put(view, "organization", webhook.organization());
    view.put("name", webhook.name());
    view.put("url", webhook.url().toString());
    view.put("enabled", webhook.enabled());
    put(view, "terminal", wanted.terminal());
    put(view, "group", wanted.group());
    put(view, "kind", wanted.kind() == null ? null : wanted.kind().label());
    view.put("severity", wanted.least().label());
    ArrayNode changes = view.putArray("changes");
    wanted.changes().stream().sorted().map(EventChange::label).forEach(changes::add);
    return view.put("created_at", webhook.createdAt().toString());
  }

  private static ObjectNode view(Delivery delivery) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("id", delivery.id().toString())
        .put("terminal", delivery.terminal())
        .put("event", delivery.event().toString())
        .put("change", delivery.what().label())
        .put("number", delivery.number())
        .put("state", delivery.state().label())
        .put("attempts", delivery.attempts());
    put(view, "reason", delivery.reason());
    return view.put("created_at", delivery.createdAt().toString())
        .put("updated_at", delivery.updatedAt().toString());
  }

  private static void put(ObjectNode view, String name, @Nullable Object value) {
    if (value != null) {
      view.put(name, value.toString());
    }
  }

  private JsonNode body(Context ctx) throws IOException {
    return json.readObject(bodies.read(ctx, RequestBody.MAX_JSON_BYTES), ErrorCode.INVALID_BODY);
  }

  private void audit(Context ctx, Webhook webhook, String action, @Nullable String detail) {
    request.audit(ctx, webhook.organization(), action, "webhook", webhook.id().toString(), detail);
  }

  private static void answer(Context ctx, ObjectNode body) {
    ctx.result(body.toString());
    ctx.contentType("application/json");
  }
}
