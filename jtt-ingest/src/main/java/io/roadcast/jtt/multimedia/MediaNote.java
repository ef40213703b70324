package io.roadcast.jtt.multimedia;

import io.roadcast.jtt.position.Ownership;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as text, one {@code name=value} a line: what lies beside a file until its row is in the
 * table.
 */
final class MediaNote {
  private MediaNote() {}

  static String write(MediaRecord value) {
    StringBuilder out = new StringBuilder();
    line(out, "id", value.id());
    line(out, "terminal", value.terminal());
    line(out, "terminal_id", value.owner().terminal());
    line(out, "vehicle_id", value.owner().vehicle());
    line(out, "organization_id", value.owner().organization());
    line(out, "media_id", value.mediaId());
    line(out, "type", value.type());
    line(out, "format", value.format());
    line(out, "event", value.event());
    line(out, "channel", value.channel());
    line(out, "at", value.at());
    line(out, "received_at", value.receivedAt());
    MediaPosition position = value.position();
    if (position != null) {
      line(out, "latitude", position.latitude());
      line(out, "longitude", position.longitude());
      line(out, "altitude_m", position.altitude());
      line(out, "speed_kmh", position.speed());
      line(out, "direction", position.direction());
      line(out, "positioned", position.positioned());
    }
    line(out, "bytes", value.bytes());
    line(out, "sha256", value.sha256());
    line(out, "place", value.place());
    return out.toString();
  }

  private static void line(StringBuilder out, String name, @Nullable Object value) {
    if (value != null) {
      out.append(name).append('=').append(value).append('\n');
    }
  }

  /**
   * Reads it again.
   *
   * @throws IllegalArgumentException if it is none
   */
  static MediaRecord read(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int end = line.indexOf('=');
      if (end > 0) {
        values.put(line.substring(0, end), line.substring(end + 1));
      }
    }
    try {
      return record(values);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static MediaRecord record(Map<String, String> of) {
    return new MediaRecord(
        UUID.fromString(required(of, "id")),
        required(of, "terminal"),
        new Ownership.Owner(id(of, "terminal_id"), id(of, "vehicle_id"), id(of, "organization_id")),
        Long.parseLong(required(of, "media_id")),
        number(of, "type"),
        number(of, "format"),
        number(of, "event"),
        number(of, "channel"),
        Instant.parse(required(of, "at")),
        Instant.parse(required(of, "received_at")),
        of.containsKey("latitude") ? position(of) : null,
        Long.parseLong(required(of, "bytes")),
        required(of, "sha256"),
        required(of, "place"),
        null);
  }

  private static MediaPosition position(Map<String, String> of) {
    return new MediaPosition(
        Double.parseDouble(required(of, "latitude")),
        Double.parseDouble(required(of, "longitude")),
        number(of, "altitude_m"),
        Double.parseDouble(required(of, "speed_kmh")),
        number(of, "direction"),
        Boolean.parseBoolean(required(of, "positioned")));
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static int number(Map<String, String> values, String name) {
    return Integer.parseInt(required(values, name));
  }

  private static @Nullable UUID id(Map<String, String> values, String name) {
    String value = values.get(name);
    return value == null ? null : UUID.fromString(value);
  }
}
