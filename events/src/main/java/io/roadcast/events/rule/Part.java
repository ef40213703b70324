package io.roadcast.events.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a set of rules that is being read.
 *
 * @param where it stands, for who wrote it
 */
record Part(JsonNode node, String where) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)");

  RuleException wrong(String why) {
    return new RuleException(where, why);
  }

  boolean absent() {
    return node.isMissingNode();
  }

  /** Refuses members of other names. */
  void only(String... names) throws RuleException {
    if (absent()) {
      return;
    }
    if (!node.isObject()) {
      throw wrong("an object is expected");
    }
    for (var name : node.properties()) {
      if (!Set.of(names).contains(name.getKey())) {
        throw wrong("there is no \"" + name.getKey() + "\" here, but " + String.join(", ", names));
      }
    }
  }

  Part part(String name) {
    return new Part(node.path(name), where + "." + name);
  }

  List<Part> list(String name, int most) throws RuleException {
    JsonNode list = node.path(name);
    if (list.isMissingNode()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > most) {
      throw wrong("\"" + name + "\" is a list of at most " + most);
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      parts.add(new Part(list.path(i), where + "." + name + "[" + i + "]"));
    }
    return parts;
  }

  String text(String name, int most) throws RuleException {
    JsonNode value = node.path(name);
    if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > most) {
      throw wrong("\"" + name + "\" is a text of at most " + most + " characters");
    }
    return value.asText();
  }

  boolean truth(String name) throws RuleException {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw wrong("\"" + name + "\" is true or false");
    }
    return value.asBoolean();
  }

  <T> @Nullable T value(String name, Function<String, T> reader) throws RuleException {
    JsonNode value = node.path(name);
    return value.isMissingNode() ? null : read(name, value, reader);
  }

  /** Of one or several; empty if there are none. */
  <T> Set<T> set(String name, Function<String, T> reader) throws RuleException {
    Set<T> values = new HashSet<>();
    JsonNode given = node.path(name);
    if (given.isArray()) {
      for (JsonNode each : given) {
        values.add(read(name, each, reader));
      }
    } else if (!given.isMissingNode()) {
      values.add(read(name, given, reader));
    }
    return Set.copyOf(values);
  }

  private <T> T read(String name, JsonNode value, Function<String, T> reader) throws RuleException {
    if (!value.isTextual()) {
      throw wrong("\"" + name + "\" is a text");
    }
    try {
      return reader.apply(value.asText());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrong("\"" + name + "\": " + e.getMessage());
    }
  }

  @Nullable Double number(String name, double least, double most) throws RuleException {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isNumber() || value.asDouble() < least || value.asDouble() > most) {
      throw wrong("\"" + name + "\" is a number from " + least + " to " + most);
    }
    return value.asDouble();
  }

  @Nullable Duration duration(String name, Duration longest) throws RuleException {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return null;
    }
    Matcher matcher = DURATION.matcher(value.asText().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      int count = Integer.parseInt(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
          };
      if (duration.compareTo(longest) <= 0) {
        return duration;
      }
    }
    throw wrong("\"" + name + "\" is a time such as 30s or 5m, at most " + longest);
  }

  long seconds(String name, long otherwise, Duration longest) throws RuleException {
    Duration given = duration(name, longest);
    return given == null ? otherwise : given.toSeconds();
  }

  void channels(ObjectNode arguments) throws RuleException {
    ArrayNode channels = arguments.putArray("channels");
    for (Part each : list("channels", 64)) {
      int channel = each.node().asInt(-1);
      if (!each.node().isInt() || channel < 0 || channel > 255) {
        throw each.wrong("a channel is a number from 0 to 255");
      }
      channels.add(channel);
    }
  }
}
