package io.roadcast.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML into values by their dotted keys, each with its line. */
final class YamlLayer {
  private final String source;
  private final JsonParser parser;
  private final Map<String, ConfigValue> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private YamlLayer(String source, JsonParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /**
   * @param source what complaints call the text
   * @throws ConfigException if it is no YAML, not a mapping, or says a key twice
   */
  static Map<String, ConfigValue> read(String source, String text) throws ConfigException {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      YamlLayer layer = new YamlLayer(source, parser);
      layer.document();
      if (!layer.problems.isEmpty()) {
        throw new ConfigException(layer.problems);
      }
      return layer.values;
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
      String reason = malformed.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw new ConfigException(List.of(new Origin(source, line) + ": not YAML: " + reason));
    } catch (IOException impossible) {
      throw new IllegalStateException("reading from memory failed", impossible);
    }
  }

  private void document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      problems.add(here() + ": keys with values are expected here");
      return;
    }
    mapping("");
    if (parser.nextToken() != null) {
      problems.add(here() + ": only one document is read");
    }
  }

  private void mapping(String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      Origin origin = here();
      switch (parser.nextToken()) {
        case START_OBJECT -> mapping(key + ".");
        case START_ARRAY -> put(key, sequence(key, origin));
        case VALUE_NULL -> put(key, new ConfigValue.Scalar(null, origin));
        default -> put(key, new ConfigValue.Scalar(parser.getText(), origin));
      }
    }
  }

  private ConfigValue sequence(String key, Origin origin) throws IOException {
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken().isScalarValue()) {
        items.add(parser.getText());
      } else {
        problems.add(here() + ": " + key + " is a list of plain values");
        parser.skipChildren();
      }
    }
    return new ConfigValue.Sequence(items, origin);
  }

  private void put(String key, ConfigValue value) {
    ConfigValue earlier = values.put(key, value);
    if (earlier != null) {
      problems.add(
          value.origin() + ": " + key + " was said before, in line " + earlier.origin().line());
    }
  }

  private Origin here() {
    return new Origin(source, parser.currentTokenLocation().getLineNr());
  }
}
