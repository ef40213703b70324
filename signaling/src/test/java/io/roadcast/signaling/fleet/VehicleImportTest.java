package io.roadcast.signaling.fleet;

import static io.roadcast.signaling.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class VehicleImportTest {
  private static final String IMPORT = "/api/v1/vehicles/import";
  private static final int MANY = 10_000;

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    await().atMost(Duration.ofSeconds(60)).until(() -> server.fleet.identities().loaded());
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void vehiclesTerminalsGroupsAndChannelsComeInAndTheSecondTimeNothingChanges() {
    String csv =
        """
        plate,plate_color,name,group,phone,imei,channels
        粤B12345,blue,"Truck, ""red\""",North/Port,013912345678,861234567890123,Front;Cabin
        粤B12346,2,,North,13912345679,,4
        粤B12347,,,,,,
        """;

    JsonNode first = ok(send(csv.getBytes(StandardCharsets.UTF_8)));
    assertThat(counts(first)).isEqualTo("3 created, 0 updated, 0 unchanged, 0 failed");
    JsonNode again = ok(send(csv.getBytes(StandardCharsets.UTF_8)));
    assertThat(counts(again)).isEqualTo("0 created, 0 updated, 3 unchanged, 0 failed");

    JsonNode vehicles = ok(server.get("/api/v1/vehicles")).path("items");
    assertThat(vehicles).hasSize(3);
    assertThat(vehicles.path(0).path("name").asText()).isEqualTo("Truck, \"red\"");
    assertThat(vehicles.path(0).path("channels").path(1).path("name").asText()).isEqualTo("Cabin");
    assertThat(vehicles.path(1).path("plate_color").asText()).isEqualTo("yellow");
    assertThat(vehicles.path(1).path("channels")).hasSize(4);
    assertThat(ok(server.get("/api/v1/groups")).path("items")).hasSize(2);
    assertThat(ok(server.get("/api/v1/terminals/13912345678")).path("vehicle").asText())
        .isEqualTo(vehicles.path(0).path("id").asText());

    JsonNode moved =
        ok(send("plate,phone,name\n粤B12347,13912345678,\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(counts(moved)).isEqualTo("0 created, 1 updated, 0 unchanged, 0 failed");
  }

  @Test
  void wrongLinesAreNamedAndTheOthersTaken() {
    String csv =
        """
        plate;plate_color;phone
        A1;blue;1001

        A2;pink;1002
        ;blue;1003
        A3;blue;not a number
        A4;green;1004
        """;

    JsonNode result = ok(send(csv.getBytes(StandardCharsets.UTF_8)));

    assertThat(counts(result)).isEqualTo("2 created, 0 updated, 0 unchanged, 3 failed");
    assertThat(result.path("errors"))
        .extracting(error -> error.path("line").asInt() + " " + error.path("code").asText())
        .containsExactly("4 INVALID_BODY", "5 INVALID_BODY", "6 INVALID_BODY");
  }

  @Test
  void fileOfASpreadsheetProgramIsReadWhateverItsEncoding() {
    String csv = "车牌号,车牌颜色,终端手机号\r\n粤B12345,黄色,13912345678\r\n";
    byte[] marked = ("\uFEFF" + csv).getBytes(StandardCharsets.UTF_8);

    assertThat(ok(send(marked)).path("created").asInt()).isEqualTo(1);
    assertThat(ok(send(csv.getBytes(Charset.forName("GBK")))).path("unchanged").asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "name,phone\nx,1\n", "plate\n\"never ends", "\u0000\u0001"})
  void whatIsNoSuchFileIsRefused(String csv) {
    assertProblem(send(csv.getBytes(StandardCharsets.UTF_8)), 400, "INVALID_BODY");
  }

  @Test
  void whatIsTooLongOrOfAnotherTypeIsRefused() {
    assertProblem(server.post(IMPORT, "application/json", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
    String lines = "plate\n" + "A\n".repeat(50_001);
    assertProblem(send(lines.getBytes(StandardCharsets.UTF_8)), 413, "BODY_TOO_LARGE");
  }

  @Test
  void tenThousandVehiclesComeInAtOnce() {
    StringBuilder csv = new StringBuilder("plate,plate_color,group,phone,channels\n");
    for (int i = 0; i < MANY; i++) {
      csv.append("P%05d,blue,Depot %d,139%08d,2\n".formatted(i, i % 20, i));
    }

    JsonNode result = ok(send(csv.toString().getBytes(StandardCharsets.UTF_8)));

    assertThat(counts(result)).isEqualTo(MANY + " created, 0 updated, 0 unchanged, 0 failed");
    assertThat(server.fleet.identities().size()).isEqualTo(MANY);
    System.out.println(MANY + " vehicles in " + result.path("took_ms").asLong() + " ms");
  }

  private HttpResponse<String> send(byte[] csv) {
    return TestServer.send(
        server
            .request(IMPORT)
            .timeout(Duration.ofMinutes(4))
            .header("Content-Type", "text/csv; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(csv)));
  }

  private static JsonNode ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response);
  }

  private static String counts(JsonNode result) {
    return "%d created, %d updated, %d unchanged, %d failed"
        .formatted(
            result.path("created").asInt(),
            result.path("updated").asInt(),
            result.path("unchanged").asInt(),
            result.path("failed").asInt());
  }
}
