package io.roadcast.signaling.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The members of a body that says what is to change: a member that is absent changes nothing, one
 * that is null removes.
 */
final class Fields {
  private final JsonNode body;

  Fields(JsonNode body) {
    this.body = body;
  }

  boolean has(String name) {
    return body.has(name);
  }

  /**
   * The member's text; what is there already if the member is absent.
   *
   * @throws ApiException INVALID_BODY if it is no text
   */
  @Nullable String text(String name, @Nullable String otherwise) {
    if (!body.has(name)) {
      return otherwise;
    }
    JsonNode value = body.get(name);
    if (value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw invalid("\"" + name + "\" is a text.");
    }
    return value.asText();
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(text(name, null));
  }

  @Nullable UUID uuid(String name, @Nullable UUID otherwise) {
    if (!body.has(name)) {
      return otherwise;
    }
    String text = text(name, null);
    if (text == null) {
      return null;
    }
    return asUuid(text).orElseThrow(() -> invalid("\"" + name + "\" is a UUID."));
  }

  Optional<UUID> uuid(String name) {
    return Optional.ofNullable(uuid(name, null));
  }

  /** A list of texts; empty if the member is absent or null. */
  List<String> texts(String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw invalid("\"" + name + "\" is a list of texts.");
      }
      texts.add(item.asText());
    }
    if (!value.isArray()) {
      throw invalid("\"" + name + "\" is a list of texts.");
    }
    return texts;
  }

  JsonNode node(String name) {
    return body.path(name);
  }

  static Optional<UUID> asUuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID_BODY, detail);
  }
}
