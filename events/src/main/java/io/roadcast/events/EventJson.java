package io.roadcast.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as everybody is told of it: by the API, over the WebSocket and by webhooks. */
public final class EventJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventJson() {}

  /**
   * @param evidence its files, oldest first
   */
  public static ObjectNode of(SafetyEvent event, List<Evidence> evidence) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("id", event.id().toString());
    out.put("type", event.type().label());
    out.put("kind", event.type().kind().label());
    out.put("severity", event.severity().label());
    out.put("state", event.open() ? "open" : "ended");
    out.put("timestamp", event.at().toString());
    put(out, "endedAt", event.endedAt());
    put(out, "endReason", event.endReason());
    out.put("receivedAt", event.receivedAt().toString());
    put(out, "deviceTime", event.deviceTime());
    out.put("deviceId", event.terminal());
    put(out, "terminalId", event.owner().terminal());
    put(out, "vehicleId", event.owner().vehicle());
    put(out, "groupId", event.owner().group());
    put(out, "organizationId", event.owner().organization());
    if (event.channel() != null) {
      out.put("channel", event.channel());
    }
    out.put("videoStreamId", streamOf(event));
    put(out, "videoClipUrl", clip(event, evidence));
    place(out, event.place());
    out.set("metadata", metadata(event));
    out.put("source", event.source());
    out.put("backlog", event.backlog());
    out.put("suppressed", event.suppressed());
    out.put("attention", event.attention());
    if (event.files() != null) {
      out.put("alarmIdentifier", event.files().identifier());
      out.put("attachments", event.files().count());
    }
    handling(out, event.handling());
    ArrayNode files = out.putArray("evidence");
    evidence.forEach(each -> files.add(file(each)));
    return out;
  }

  /** The stream that shows it: its own channel's, or else the terminal's first. */
  public static String streamOf(SafetyEvent event) {
    int channel = event.channel() == null ? 1 : event.channel();
    return event.terminal() + "-" + channel;
  }

  /** Where the file can be fetched, relative to the server. */
  public static String urlOf(Evidence evidence) {
    return "/api/v1/events/" + evidence.event() + "/evidence/" + evidence.id();
  }

  /** The clip of the event's own channel, or else any. */
  private static @Nullable String clip(SafetyEvent event, List<Evidence> evidence) {
    Evidence best = null;
    for (Evidence each : evidence) {
      boolean ready = each.kind() == EvidenceKind.CLIP && each.state() == EvidenceState.COMPLETE;
      boolean own = event.channel() != null && event.channel().equals(each.channel());
      if (ready && (best == null || own)) {
        best = each;
      }
    }
    return best == null ? null : urlOf(best);
  }

  private static void place(ObjectNode out, @Nullable EventPlace place) {
    if (place == null) {
      return;
    }
    ObjectNode location = out.putObject("location");
    location.put("latitude", place.latitude()).put("longitude", place.longitude());
    if (place.altitude() != null) {
      location.put("altitude", place.altitude());
    }
    if (place.speed() != null) {
      location.put("speed", place.speed());
    }
    if (place.direction() != null) {
      location.put("direction", place.direction());
    }
  }

  private static ObjectNode metadata(SafetyEvent event) {
    try {
      return JSON.readValue(event.details(), ObjectNode.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("details of " + event.id(), impossible);
    }
  }

  private static void handling(ObjectNode out, EventHandling handling) {
    put(out, "acknowledgedAt", handling.acknowledgedAt());
    put(out, "acknowledgedBy", handling.acknowledgedBy());
    put(out, "assignee", handling.assignee());
    out.put("falseAlarm", handling.falseAlarm());
  }

  private static ObjectNode file(Evidence evidence) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("id", evidence.id().toString());
    out.put("kind", evidence.kind().label());
    out.put("state", evidence.state().label());
    out.put("name", evidence.name());
    if (evidence.channel() != null) {
      out.put("channel", evidence.channel());
    }
    put(out, "contentType", evidence.contentType());
    if (evidence.bytes() != null) {
      out.put("bytes", evidence.bytes());
    }
    put(out, "sha256", evidence.sha256());
    put(out, "from", evidence.from());
    put(out, "to", evidence.to());
    put(out, "reason", evidence.reason());
    if (evidence.place() != null) {
      out.put("url", urlOf(evidence));
    }
    return out;
  }

  private static void put(ObjectNode out, String name, @Nullable Object value) {
    switch (value) {
      case null -> {
        // absent instead of null
      }
      case Instant time -> out.put(name, time.toString());
      case UUID id -> out.put(name, id.toString());
      default -> out.put(name, value.toString());
    }
  }
}
