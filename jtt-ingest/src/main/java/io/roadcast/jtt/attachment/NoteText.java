package io.roadcast.jtt.attachment;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests and files as text, one {@code name=value} a line; text of terminals in hexadecimal. */
final class NoteText {
  private static final HexFormat HEX = HexFormat.of();

  private NoteText() {}

  static String write(AttachmentRequest request) {
    StringBuilder out = new StringBuilder();
    line(out, "number", request.number());
    line(out, "event", request.event());
    line(out, "terminal", request.terminal());
    line(out, "alarm", request.alarm().raw().toHex());
    line(out, "at", request.at());
    return out.toString();
  }

  static String write(Attachment file) {
    StringBuilder out = new StringBuilder();
    line(out, "id", file.id());
    line(out, "event", file.event());
    line(out, "terminal", file.terminal());
    line(out, "number", file.number());
    line(out, "name", HEX.formatHex(file.name().getBytes(StandardCharsets.UTF_8)));
    line(out, "type", file.type());
    line(out, "channel", file.channel());
    line(out, "kind", file.kind().label());
    line(out, "bytes", file.bytes());
    line(out, "sha256", file.sha256());
    line(out, "at", file.at());
    line(out, "place", file.place());
    line(out, "state", file.state().name().toLowerCase(Locale.ROOT));
    return out.toString();
  }

  private static void line(StringBuilder out, String name, @Nullable Object value) {
    if (value != null) {
      out.append(name).append('=').append(value).append('\n');
    }
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static AttachmentRequest request(String text) {
    Map<String, String> values = values(text);
    try {
      return new AttachmentRequest(
          value(values, "number"),
          UUID.fromString(value(values, "event")),
          value(values, "terminal"),
          new AlarmIdentifier(Bytes.ofHex(value(values, "alarm"))),
          Instant.parse(value(values, "at")));
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static Attachment file(String text) {
    Map<String, String> values = values(text);
    String channel = values.get("channel");
    try {
      return new Attachment(
          UUID.fromString(value(values, "id")),
          UUID.fromString(value(values, "event")),
          value(values, "terminal"),
          value(values, "number"),
          new String(HEX.parseHex(value(values, "name")), StandardCharsets.UTF_8),
          Integer.parseInt(value(values, "type")),
          channel == null ? null : (Integer) Integer.parseInt(channel),
          ContentKind.ofLabel(value(values, "kind")),
          Long.parseLong(value(values, "bytes")),
          value(values, "sha256"),
          Instant.parse(value(values, "at")),
          value(values, "place"),
          null,
          Attachment.State.valueOf(value(values, "state").toUpperCase(Locale.ROOT)));
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals < 1) {
                throw new IllegalArgumentException("no name in: " + line);
              }
              values.put(line.substring(0, equals), line.substring(equals + 1));
            });
    return values;
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}
