package io.roadcast.signaling.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.events.EventKind;
import io.roadcast.events.Severity;
import io.roadcast.events.store.EventChange;
import io.roadcast.events.webhook.Webhook;
import io.roadcast.events.webhook.Webhook.Wanted;
import io.roadcast.events.webhook.WebhookSecret;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.signaling.http.ApiException;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how a webhook is to be. What is absent stays as it was; null takes a wish away. */
final class WebhookBody {
  private final JsonNode body;

  WebhookBody(JsonNode body) {
    this.body = body;
  }

  /**
   * A new one; with a secret of ours if none is given.
   *
   * @throws ApiException INVALID_BODY
   */
  Webhook made(UUID id, @Nullable UUID organization, Instant now) {
    if (!body.has("name") || !body.has("url")) {
      throw EventBody.invalid("A webhook has a \"name\" and a \"url\".");
    }
    URI url = required("url", URI::create, null);
    String name = required("name", text -> text, null);
    WebhookSecret secret = required("secret", WebhookSecret::parse, WebhookSecret.random());
    return checked(
        () -> new Webhook(id, organization, name, url, secret, true, Wanted.ALL, now),
        this::changed);
  }

  /**
   * The same, as the body wants it.
   *
   * @throws ApiException INVALID_BODY
   */
  Webhook changed(Webhook before) {
    Wanted wanted = before.wanted();
    return checked(
        () ->
            new Webhook(
                before.id(),
                before.organization(),
                required("name", text -> text, before.name()),
                required("url", URI::create, before.url()),
                required("secret", WebhookSecret::parse, before.secret()),
                enabled(before.enabled()),
                new Wanted(
                    optional("terminal", WebhookBody::digits, wanted.terminal()),
                    optional("group", UUID::fromString, wanted.group()),
                    optional("kind", EventKind::ofLabel, wanted.kind()),
                    required("severity", Severity::ofLabel, wanted.least()),
                    changes(wanted.changes())),
                before.createdAt()),
        webhook -> webhook);
  }

  private interface Making {
    Webhook make();
  }

  private static Webhook checked(Making making, Function<Webhook, Webhook> then) {
    Webhook made;
    try {
      made = making.make();
    } catch (IllegalArgumentException wrong) {
      throw EventBody.invalid(wrong.getMessage() + ".");
    }
    return then.apply(made);
  }

  private static String digits(String text) {
    return TerminalDigits.of(text)
        .orElseThrow(() -> new IllegalArgumentException("no terminal has this number"));
  }

  private boolean enabled(boolean before) {
    JsonNode value = body.path("enabled");
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw EventBody.invalid("\"enabled\" is true or false.");
    }
    return value.asBoolean(before);
  }

  private Set<EventChange> changes(Set<EventChange> before) {
    JsonNode value = body.path("changes");
    if (value.isMissingNode()) {
      return before;
    }
    if (!value.isArray()) {
      throw EventBody.invalid("\"changes\" is a list.");
    }
    Set<EventChange> changes = new HashSet<>();
    for (JsonNode each : value) {
      changes.add(parsed("changes", each, EventChange::ofLabel));
    }
    return changes;
  }

  private <T> T required(String name, Function<String, T> reader, @Nullable T before) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() && before != null) {
      return before;
    }
    return parsed(name, value, reader);
  }

  private <T> @Nullable T optional(String name, Function<String, T> reader, @Nullable T before) {
    JsonNode value = body.path(name);
    if (value.isMissingNode()) {
      return before;
    }
    return value.isNull() ? null : parsed(name, value, reader);
  }

  private static <T> T parsed(String name, JsonNode value, Function<String, T> reader) {
    if (!value.isTextual()) {
      throw EventBody.invalid("\"" + name + "\" is a text.");
    }
    try {
      return reader.apply(value.asText());
    } catch (IllegalArgumentException wrong) {
      throw EventBody.invalid("\"" + name + "\": " + wrong.getMessage() + ".");
    }
  }
}
