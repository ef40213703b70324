package io.roadcast.jtt.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.roadcast.jtt.jt1078.Captures;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Vectors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class Jt808InspectionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Vectors.Vector> positive() {
    return Vectors.positive().stream();
  }

  static Stream<Vectors.Vector> groups() {
    return Vectors.of("subpackaged.json").stream();
  }

  @ParameterizedTest
  @MethodSource("positive")
  void messagesReadAsOthersReadThem(Vectors.Vector vector) throws IOException {
    if (!vector.isWholeMessage()) {
      return;
    }
    List<JsonNode> lines = frames(vector.json().path("frame_hex").asText(), null);
    assertThat(lines).hasSize(1);
    JsonNode line = lines.getFirst();
    assertThat(line.path("message_id")).isEqualTo(vector.json().path("message_id"));
    assertThat(line.path("version")).isEqualTo(vector.json().path("version"));
    assertThat(line.path("header")).isEqualTo(vector.json().path("header"));
    assertThat(line.path("body")).isEqualTo(vector.json().path("expected"));
    assertThat(line.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("positive")
  void bodiesReadAsOthersReadThem(Vectors.Vector vector) throws IOException {
    for (ProtocolVersion version : vector.versions()) {
      String hex = vector.json().path("body_hex").asText();
      List<JsonNode> lines =
          lines(hex + "\n", (in, it) -> it.bodies(vector.messageId(), in), version);
      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst().path("body")).isEqualTo(vector.json().path("expected"));
      assertThat(lines.getFirst().path("version").asInt()).isEqualTo(version.year());
      assertThat(lines.getFirst().has("error")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void partsAreJoined(Vectors.Vector vector) throws IOException {
    StringBuilder text = new StringBuilder();
    vector.json().path("frames_hex").forEach(frame -> text.append(frame.asText()).append('\n'));
    List<JsonNode> lines = frames(text.toString(), null);
    if (vector.json().path("complete").asBoolean()) {
      assertThat(lines).hasSize(vector.json().path("frames_hex").size());
      assertThat(lines.getLast().path("body")).isEqualTo(vector.json().path("expected"));
      assertThat(lines.getLast().path("reassembled_length"))
          .isEqualTo(vector.json().path("reassembled_length"));
    } else {
      assertThat(lines.getLast().path("error").asText()).isEqualTo("INCOMPLETE_MESSAGE");
      assertThat(lines.getLast().path("missing_indexes"))
          .isEqualTo(vector.json().path("missing_indexes"));
    }
  }

  @Test
  void faultyFramesAndIrregularBodiesAreSaidToBeSo() throws IOException {
    for (Vectors.Vector vector : Vectors.of("negative_frames.json")) {
      List<JsonNode> lines = frames(vector.json().path("frame_hex").asText(), null);
      assertThat(lines).as(vector.id()).isNotEmpty();
      assertThat(lines.stream().anyMatch(line -> line.hasNonNull("error")))
          .as(vector.id())
          .isEqualTo(!vector.id().equals("negative-s001"));
    }
  }

  @Test
  void readsRecordedSignalling() throws IOException {
    byte[] capture = Captures.read("signalling/uplink_0x1205_18parts_and_0x0104.bin");
    List<JsonNode> lines =
        lines(new ByteArrayInputStream(capture), (in, it) -> it.frames(in), null);
    assertThat(lines).hasSize(20);
    JsonNode resources = lines.get(17);
    assertThat(resources.path("reassembled_length").asInt()).isEqualTo(5046);
    ArrayNode items = (ArrayNode) resources.path("body").path("items");
    assertThat(items).hasSize(180);
    assertThat(
            items
                .valueStream()
                .filter(item -> !item.path("alarm_bits_64").asText().endsWith("00000000")))
        .hasSize(165);
    JsonNode parameters = lines.get(19).path("body");
    assertThat(parameters.path("count").asInt()).isEqualTo(88);
    assertThat(parameters.path("params").findValuesAsText("id"))
        .contains("0x0075", "0x0076", "0x0077");
    assertThat(lines.get(19).hasNonNull("error")).isFalse();
  }

  @Test
  void saysWhatIsNoHexadecimalAndGoesOn() throws IOException {
    List<JsonNode> lines =
        frames("7e zz\n\n7E 0002 0000 0123 4567 8901 7fff 0a 7E\n", ProtocolVersion.V2013);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().path("error").asText()).isEqualTo("NOT_HEXADECIMAL");
    assertThat(lines.getLast().path("message_id").asText()).isEqualTo("0x0002");
  }

  /** What is done with an input. */
  @FunctionalInterface
  private interface Reading {
    void read(InputStream in, Jt808Inspection inspection) throws IOException;
  }

  private static List<JsonNode> frames(String text, @Nullable ProtocolVersion version)
      throws IOException {
    return lines(text, (in, it) -> it.frames(in), version);
  }

  private static List<JsonNode> lines(
      String text, Reading reading, @Nullable ProtocolVersion version) throws IOException {
    return lines(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), reading, version);
  }

  private static List<JsonNode> lines(
      InputStream input, Reading reading, @Nullable ProtocolVersion version) throws IOException {
    StringWriter out = new StringWriter();
    reading.read(input, new Jt808Inspection(new Jt808JsonReport(out), version));
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
