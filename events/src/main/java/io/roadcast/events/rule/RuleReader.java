package io.roadcast.events.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventType;
import io.roadcast.events.Severity;
import io.roadcast.events.TaskWish;
import io.roadcast.events.action.ActionKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads sets of rules, and says where they are wrong. */
public final class RuleReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final int MOST_RULES = 200;
  private static final int MOST_TEXT = 500;

  private RuleReader() {}

  /**
   * Reads YAML, of which JSON is a part.
   *
   * @throws RuleException if it is none, or breaks the form
   */
  public static RuleSet read(String text) throws RuleException {
    if (text.isBlank()) {
      throw new RuleException("rules", "empty; no rules at all are \"rules: []\"");
    }
    try {
      return read(YAML.readTree(text));
    } catch (JsonProcessingException e) {
      throw new RuleException("line " + e.getLocation().getLineNr(), "not YAML");
    }
  }

  /** As JSON, for the table and the API. */
  public static String toJson(String text) throws RuleException {
    try {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      JsonNode rules = YAML.readTree(text).path("rules");
      whole.set("rules", rules.isArray() ? rules : JsonNodeFactory.instance.arrayNode());
      return JSON.writeValueAsString(whole);
    } catch (JsonProcessingException e) {
      throw new RuleException("line " + e.getLocation().getLineNr(), "not YAML");
    }
  }

  private static RuleSet read(@Nullable JsonNode root) throws RuleException {
    Part whole = new Part(root == null ? JsonNodeFactory.instance.nullNode() : root, "rules");
    whole.only("rules");
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Part each : whole.list("rules", MOST_RULES)) {
      Rule rule = rule(each);
      if (!names.add(rule.name())) {
        throw each.wrong("there are two rules named \"" + rule.name() + "\"");
      }
      rules.add(rule);
    }
    return new RuleSet(rules);
  }

  private static Rule rule(Part part) throws RuleException {
    part.only("name", "when", "do");
    String name = part.text("name", 80);
    return new Rule(name, match(part.part("when")), consequence(part.part("do"), name));
  }

  private static Match match(Part when) throws RuleException {
    when.only("kind", "type", "source", "severity", "speed", "area", "time", "groups", "rate");
    Part speed = when.part("speed");
    speed.only("min", "max");
    return new Match(
        when.set("kind", EventKind::ofLabel),
        when.set("type", EventType::ofLabel),
        when.set("source", text -> text),
        when.value("severity", Severity::ofLabel),
        speed.number("min", 0, 500),
        speed.number("max", 0, 500),
        area(when),
        hours(when.part("time")),
        when.set("groups", UUID::fromString),
        rate(when.part("rate")));
  }

  private static List<Match.Corner> area(Part when) throws RuleException {
    List<Match.Corner> corners = new ArrayList<>();
    for (Part corner : when.list("area", 1000)) {
      JsonNode pair = corner.node();
      if (pair.size() != 2 || !pair.path(0).isNumber() || !pair.path(1).isNumber()) {
        throw corner.wrong("a corner is [latitude, longitude]");
      }
      corners.add(new Match.Corner(pair.path(0).asDouble(), pair.path(1).asDouble()));
    }
    if (!corners.isEmpty() && corners.size() < 3) {
      throw when.wrong("\"area\" has at least three corners");
    }
    return corners;
  }

  private static Match.@Nullable Hours hours(Part time) throws RuleException {
    time.only("from", "to", "zone", "days");
    if (time.absent()) {
      return null;
    }
    LocalTime from = time.value("from", LocalTime::parse);
    LocalTime to = time.value("to", LocalTime::parse);
    ZoneId zone = time.value("zone", ZoneId::of);
    if (from == null || to == null) {
      throw time.wrong("\"from\" and \"to\" are times such as \"22:00\"");
    }
    return new Match.Hours(
        from, to, zone == null ? ZoneId.of("UTC") : zone, time.set("days", RuleReader::day));
  }

  private static DayOfWeek day(String label) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, 3).equalsIgnoreCase(label)) {
        return day;
      }
    }
    throw new IllegalArgumentException("a day is mon, tue, wed, thu, fri, sat or sun");
  }

  private static Match.@Nullable Rate rate(Part rate) throws RuleException {
    rate.only("count", "within");
    if (rate.absent()) {
      return null;
    }
    Double count = rate.number("count", 1, 1000);
    Duration within = rate.duration("within", Duration.ofDays(1));
    if (count == null || within == null) {
      throw rate.wrong("a rate has \"count\" and \"within\"");
    }
    return new Match.Rate(count.intValue(), within);
  }

  private static Consequence consequence(Part then, String rule) throws RuleException {
    then.only("severity", "suppress_repeats", "attachments", "clip", "notify", "record", "text");
    if (then.absent()) {
      throw then.wrong("a rule does something");
    }
    List<TaskWish> tasks = new ArrayList<>();
    if (then.truth("attachments")) {
      tasks.add(wish(ActionKind.ATTACHMENTS, JsonNodeFactory.instance.objectNode(), rule));
    }
    Part clip = then.part("clip");
    clip.only("before", "after", "channels");
    if (!clip.absent()) {
      ObjectNode arguments = JsonNodeFactory.instance.objectNode();
      arguments.put("before_s", clip.seconds("before", 10, Duration.ofMinutes(5)));
      arguments.put("after_s", clip.seconds("after", 10, Duration.ofMinutes(5)));
      clip.channels(arguments);
      tasks.add(wish(ActionKind.CLIP, arguments, rule));
    }
    Part recording = then.part("record");
    recording.only("length", "channels");
    if (!recording.absent()) {
      ObjectNode arguments = JsonNodeFactory.instance.objectNode();
      arguments.put("length_s", recording.seconds("length", 60, Duration.ofHours(1)));
      recording.channels(arguments);
      tasks.add(wish(ActionKind.RECORD, arguments, rule));
    }
    if (then.node().has("text")) {
      ObjectNode arguments = JsonNodeFactory.instance.objectNode();
      arguments.put("text", then.text("text", MOST_TEXT));
      tasks.add(wish(ActionKind.TEXT, arguments, rule));
    }
    return new Consequence(
        then.value("severity", Severity::ofLabel),
        then.duration("suppress_repeats", Duration.ofDays(1)),
        then.truth("notify"),
        tasks);
  }

  private static TaskWish wish(ActionKind action, ObjectNode arguments, String rule) {
    return new TaskWish(action.label(), arguments.toString(), rule);
  }
}
