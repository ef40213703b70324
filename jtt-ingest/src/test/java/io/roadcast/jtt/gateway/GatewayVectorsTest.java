package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Vectors;
import io.roadcast.jtt.position.LocationEntry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole sessions of frames that others made. */
@Timeout(120)
class GatewayVectorsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "123456782011, 0x0100-s001, 0x0102-s001, 0x0002-s003, 0x0200-s001, 0x0704-s001, V2011",
    "123456782013, 0x0100-s003, 0x0102-s002, , 0x0200-s002, 0x0704-s002, V2013",
    "012345678901, 0x0100-s002, 0x0102-s004, 0x0002-s002, 0x0200-s004, , V2011",
    "123456789012, 0x0100-s005, 0x0102-s005, 0x0002-s005, 0x0200-s008, 0x0704-s005, V2013",
    "12345678901234562019, , 0x0102-s006, , 0x0200-s003, 0x0704-s003, V2019",
    "12345678901234567890, , 0x0102-s008, 0x0002-s007, 0x0200-s009, 0x0704-s006, V2019",
  })
  void registersAuthenticatesAndReports(
      String phone,
      String registration,
      String authentication,
      String heartbeat,
      String location,
      String batch,
      ProtocolVersion version)
      throws Exception {
    String digits = phone.replaceFirst("^0+", "");
    try (TestGateway gateway = new TestGateway(directory);
        TestTerminal terminal = TestTerminal.connect(gateway.port(), phone)) {
      if (registration != null) {
        terminal.raw(frame(registration));
        WireMessage answer = terminal.receive();
        assertThat(answer.id()).isEqualTo(0x8100);
        assertThat(answer.phone()).isEqualTo(phone);
        assertThat(answer.bodyHex())
            .startsWith(serial(registration) + "00")
            .contains(HexFormat.of().formatHex(digits.getBytes("US-ASCII")));
      }
      for (String step : new String[] {authentication, heartbeat, location, batch}) {
        if (step != null) {
          terminal.raw(frame(step));
          WireMessage answer = terminal.receive();
          assertThat(answer.id()).isEqualTo(0x8001);
          assertThat(answer.phone()).isEqualTo(phone);
          assertThat(answer.bodyHex()).isEqualTo(serial(step) + step.substring(2, 6) + "00");
        }
      }
      assertThat(gateway.link(digits).version()).isEqualTo(version);
      List<LocationEntry> kept = gateway.kept().stream().map(LocationEntry::of).toList();
      assertThat(kept.getFirst().body()).isEqualTo(vector(location).bytes("body_hex"));
      assertThat(kept.getFirst().terminal()).isEqualTo(digits);
      assertThat(kept.getFirst().positions()).hasSize(1);
      if (batch != null) {
        assertThat(kept.getLast().positions()).hasSizeGreaterThan(1);
      }
      await().untilAsserted(() -> assertThat(gateway.told).contains("located " + digits));
    }
  }

  @Test
  void everyMessageOfATerminalIsAnswered() throws Exception {
    try (TestGateway gateway = new TestGateway(directory)) {
      for (Vectors.Vector vector : Vectors.positive()) {
        JsonNode header = vector.json().path("header");
        boolean fromTerminal = vector.messageId() < 0x8000 && vector.messageId() != 0x0001;
        if (vector.isWholeMessage()
            && fromTerminal
            && vector.messageId() != 0x1fc4
            && !header.path("subpackaged").asBoolean()) {
          answered(gateway, vector, header);
        }
      }
      assertThat(gateway.server.statistics().closed(CloseReason.ERROR)).isZero();
    }
  }

  private static void answered(TestGateway gateway, Vectors.Vector vector, JsonNode header)
      throws Exception {
    String phone = header.path("terminal_phone_bcd").asText();
    int serial = header.path("serial_number").asInt();
    try (TestTerminal terminal = TestTerminal.connect(gateway.port(), phone)) {
      assertThat(terminal.authenticate()).isZero();
      terminal.raw(vector.bytes("frame_hex").toArray());
      WireMessage answer = terminal.receive();
      assertThat(answer.id()).as(vector.id()).isIn(0x8001, 0x8100, 0x8004, 0x8800);
      if (answer.id() == 0x8001) {
        assertThat(answer.bodyHex())
            .as(vector.id())
            .startsWith(String.format("%04x%04x", serial, vector.messageId()));
      }
    }
  }

  @Test
  void packagedMessagesArePutTogetherAndEachPackageIsAnswered() throws Exception {
    JsonNode groups = new ObjectMapper().readTree(subpackaged()).path("vectors");
    try (TestGateway gateway = new TestGateway(directory)) {
      for (JsonNode group : groups) {
        String phone = group.path("terminal_phone_bcd").asText();
        try (TestTerminal terminal = TestTerminal.connect(gateway.port(), phone)) {
          terminal.authenticate();
          for (JsonNode frame : group.path("frames_hex")) {
            terminal.raw(frame.asText());
            assertThat(terminal.receive().id()).isIn(0x8001, 0x8800);
          }
          assertThat(gateway.server.statistics().dropped(DropReason.BAD_BODY)).isZero();
        }
      }
    }
  }

  private static byte[] frame(String id) {
    return vector(id).bytes("frame_hex").toArray();
  }

  private static String serial(String id) {
    return String.format("%04x", vector(id).json().path("header").path("serial_number").asInt());
  }

  private static Vectors.Vector vector(String id) {
    return Vectors.of(id.substring(0, 6) + ".json").stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static File subpackaged() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("shared/vectors/jt808/subpackaged.json"))) {
      at = at.getParent();
    }
    return at == null
        ? Assumptions.abort("skipped: no ../shared/vectors/jt808 beside this checkout")
        : at.resolve("shared/vectors/jt808/subpackaged.json").toFile();
  }
}
