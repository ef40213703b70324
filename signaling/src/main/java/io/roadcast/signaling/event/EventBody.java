package io.roadcast.signaling.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventPlace;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.Severity;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads events that another analyser reports. */
final class EventBody {
  private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9_.-]{0,39}");
  private static final int MOST_METADATA = 16 * 1024;
  private static final int MOST_ID = 200;
  private static final Duration LIVE = Duration.ofMinutes(10);
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final JsonNode body;

  EventBody(JsonNode body) {
    this.body = body;
  }

  /** Digits of the terminal that it is about. */
  String terminal() {
    return read("deviceId", text -> TerminalDigits.of(text).orElseThrow(EventBody::noNumber));
  }

  private static IllegalArgumentException noNumber() {
    return new IllegalArgumentException("no terminal has this number");
  }

  /**
   * The report.
   *
   * @param terminal as its links are named
   * @throws ApiException INVALID_BODY if it is none
   */
  EventReport read(String terminal, EventOwner owner, Instant now) {
    EventType type = read("type", EventType::ofLabel);
    Instant at = read("timestamp", text -> OffsetDateTime.parse(text).toInstant());
    if (at.isAfter(now.plus(AHEAD))) {
      throw invalid("\"timestamp\" lies ahead.");
    }
    String source = body.has("source") ? read("source", text -> text) : "api";
    if (!SOURCE.matcher(source).matches() || source.startsWith("j")) {
      throw invalid("\"source\" is a name of lower case letters; those with j are ours.");
    }
    String id = body.has("id") ? read("id", text -> text) : null;
    if (id != null && id.length() > MOST_ID) {
      throw invalid("\"id\" has at most " + MOST_ID + " characters.");
    }
    String metadata = metadata();
    Integer channel = channel();
    return new EventReport(
        phase(),
        id == null ? at + " " + type + " " + channel + " " + metadata : id,
        type + " " + channel,
        type,
        body.has("severity") ? read("severity", Severity::ofLabel) : Severity.WARNING,
        source,
        terminal,
        owner,
        channel,
        place(),
        null,
        at,
        now,
        at.isBefore(now.minus(LIVE)),
        null,
        metadata);
  }

  private Phase phase() {
    return body.has("phase")
        ? read(
            "phase",
            text ->
                switch (text) {
                  case "point" -> Phase.POINT;
                  case "begin" -> Phase.BEGIN;
                  case "end" -> Phase.END;
                  default -> throw new IllegalArgumentException("it is point, begin or end");
                })
        : Phase.POINT;
  }

  private String metadata() {
    JsonNode metadata = body.path("metadata");
    if (metadata.isMissingNode()) {
      return "{}";
    }
    String text = metadata.toString();
    if (!(metadata instanceof ObjectNode) || text.length() > MOST_METADATA) {
      throw invalid("\"metadata\" is an object of at most " + MOST_METADATA + " characters.");
    }
    if (text.contains("\\u0000")) {
      throw invalid("\"metadata\" holds a character that can not be kept.");
    }
    return text;
  }

  private @Nullable Integer channel() {
    JsonNode channel = body.path("channel");
    if (channel.isMissingNode()) {
      return null;
    }
    if (!channel.isInt() || channel.asInt() < 0 || channel.asInt() > 255) {
      throw invalid("\"channel\" is a number from 0 to 255.");
    }
    return channel.asInt();
  }

  private @Nullable EventPlace place() {
    JsonNode place = body.path("location");
    if (place.isMissingNode()) {
      return null;
    }
    try {
      return new EventPlace(
          number(place, "latitude", Double.NaN),
          number(place, "longitude", Double.NaN),
          place.has("altitude") ? (Integer) (int) number(place, "altitude", 0) : null,
          place.has("speed") ? (Double) number(place, "speed", 0) : null,
          place.has("direction") ? (Integer) (int) number(place, "direction", 0) : null);
    } catch (IllegalArgumentException e) {
      throw invalid("\"location\" has latitude and longitude in degrees.");
    }
  }

  private static double number(JsonNode place, String name, double otherwise) {
    JsonNode value = place.path(name);
    if (!value.isMissingNode() && !value.isNumber()) {
      throw new IllegalArgumentException(name);
    }
    return value.asDouble(otherwise);
  }

  private <T> T read(String name, Function<String, T> reader) {
    JsonNode value = body.path(name);
    if (!value.isTextual()) {
      throw invalid("\"" + name + "\" is a text.");
    }
    try {
      return reader.apply(value.asText());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw invalid("\"" + name + "\": " + e.getMessage() + ".");
    }
  }

  static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID_BODY, detail);
  }
}
