package io.roadcast.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** openapi.yaml, and a check of JSON against its schemas (the part of JSON Schema used there). */
public final class ApiDescription {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "patch", "delete", "options", "head");

  private final JsonNode root;

  public ApiDescription() throws IOException {
    try (InputStream in = ApiDescription.class.getResourceAsStream("/openapi.yaml")) {
      // SnakeYAML resolves the anchors, which Jackson's own reader leaves alone.
      Object resolved = new Yaml().load(in);
      root = new YAMLMapper().valueToTree(resolved);
    }
  }

  JsonNode root() {
    return root;
  }

  /** "GET /path" of each operation. */
  Set<String> operations() {
    Set<String> found = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          found.add(member.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return found;
  }

  public void assertMatches(JsonNode value, String schema) {
    check(value, root.at("/components/schemas/" + schema), schema);
  }

  JsonNode resolve(JsonNode node) {
    @Nullable JsonNode reference = node.get("$ref");
    return reference == null ? node : resolve(root.at(reference.asText().substring(1)));
  }

  private void check(JsonNode value, JsonNode unresolved, String place) {
    JsonNode schema = resolve(unresolved);
    assertThat(schema.isMissingNode()).as("schema of " + place).isFalse();
    if (schema.has("oneOf")) {
      return; // any of them; who has to tell them apart says so in words
    }
    switch (schema.path("type").asText()) {
      case "object" -> checkObject(value, schema, place);
      case "array" -> {
        assertThat(value.isArray()).as(place).isTrue();
        value.forEach(item -> check(item, schema.path("items"), place + "[]"));
      }
      case "string" -> assertThat(value.isTextual()).as(place + " = " + value).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(place + " = " + value).isTrue();
      case "number" -> assertThat(value.isNumber()).as(place + " = " + value).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(place + " = " + value).isTrue();
      default -> throw new AssertionError("a type that is not known here, at " + place);
    }
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(place).contains(value);
    }
    if (schema.has("const")) {
      assertThat(value).as(place).isEqualTo(schema.path("const"));
    }
  }

  private void checkObject(JsonNode value, JsonNode schema, String place) {
    assertThat(value.isObject()).as(place).isTrue();
    schema
        .path("required")
        .forEach(name -> assertThat(value.has(name.asText())).as(place + "." + name).isTrue());
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = place + "." + member.getKey();
      JsonNode described = schema.path("properties").path(member.getKey());
      if (described.isMissingNode() && schema.path("additionalProperties").asBoolean()) {
        continue;
      }
      assertThat(described.isMissingNode()).as(name + " is not described").isFalse();
      check(member.getValue(), described, name);
    }
  }
}
