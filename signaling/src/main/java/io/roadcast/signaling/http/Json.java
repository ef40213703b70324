package io.roadcast.signaling.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;

/** Records as JSON: snake_case names, RFC 3339 times, absent instead of null. */
public final class Json {
  private static final int MAX_DEPTH = 20;

  private final ObjectMapper mapper;

  public Json() {
    this.mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
  }

  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + value.getClass().getName(), e);
    }
  }

  /**
   * Unknown members are ignored.
   *
   * @throws ApiException with the given code if it is no such JSON
   */
  public <T> T read(byte[] bytes, Class<T> type, ErrorCode code) {
    T value;
    try {
      value = mapper.readValue(bytes, type);
    } catch (JsonProcessingException e) {
      throw new ApiException(code, "Not the JSON that is expected here" + place(e) + ".");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (value == null) {
      throw new ApiException(code, "An object is expected here, not null.");
    }
    return value;
  }

  /**
   * A body whose members are looked at one by one.
   *
   * @throws ApiException with the given code if it is no JSON object
   */
  public JsonNode readObject(byte[] bytes, ErrorCode code) {
    JsonNode value = read(bytes, JsonNode.class, code);
    if (!value.isObject()) {
      throw new ApiException(code, "An object is expected here.");
    }
    return value;
  }

  private static String place(JsonProcessingException e) {
    if (e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping) {
      List<com.fasterxml.jackson.databind.JsonMappingException.Reference> path = mapping.getPath();
      String name = path.isEmpty() ? null : path.getLast().getFieldName();
      if (name != null) {
        return ", at \"" + name + "\"";
      }
    }
    return e.getLocation() == null
        ? ""
        : ", at line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr();
  }
}
