package io.roadcast.signaling.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.Sighting;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterWrite;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands and positions over the API, on a real PostgreSQL. */
@Timeout(180)
class TerminalApiTest {
  private static final String PHONE = "13912345678";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;
  private UUID terminal;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    assertThat(server.database().awaitReady(SOON)).isTrue();
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
    byte[] raw = HexFormat.of().parseHex("0" + PHONE);
    Sighting sighting = Sighting.ofPhone(raw, "127.0.0.1", TerminalFacts.none());
    Map<String, UUID> ids = server.fleet.enrolment().enrol(List.of(sighting));
    terminal = Objects.requireNonNull(ids.get(PHONE));
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void aCommandIsAResourceUntilItsAnswer() {
    CompletableFuture<Jt808Message> answer = server.links.connect(PHONE);
    HttpResponse<String> taken = command("{\"type\":\"parameters.read\"}", "a");
    assertThat(taken.statusCode()).isEqualTo(202);
    String location = taken.headers().firstValue("Location").orElseThrow();
    answer.complete(ParameterAnswer.of(0, List.of()));
    await().atMost(SOON).until(() -> state(location).equals("acknowledged"));
    JsonNode done = TestServer.json(server.get(location));
    assertThat(done.path("answer").path("count").asInt(-1)).isZero();
    assertThat(done.path("result").asText()).isEqualTo("success");
    assertThat(done.path("terminal").asText()).isEqualTo(PHONE);
    JsonNode list = TestServer.json(server.get("/api/v1/terminals/" + terminal + "/commands"));
    assertThat(list.path("items")).hasSize(1);
  }

  @Test
  void theSameKeyIsTheSameCommand() {
    server.links.connect(PHONE).complete(new TerminalAnswer(0, 0, 0));
    JsonNode first = TestServer.json(command("{\"type\":\"position\"}", "key"));
    JsonNode again = TestServer.json(command("{\"type\":\"position\"}", "key"));
    assertThat(again.path("id")).isEqualTo(first.path("id"));
    HttpResponse<String> other = command("{\"type\":\"attributes\"}", "key");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(other).path("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void theSameKeyIsTheSameCommandForAGroup() {
    String phone = "139012345";
    JsonNode group = made("/api/v1/groups", "{\"name\":\"North\"}");
    made("/api/v1/terminals", "{\"phone\":\"" + phone + "\"}");
    made(
        "/api/v1/vehicles",
        "{\"plate\":\"A1\",\"terminal\":\"%s\",\"group\":\"%s\"}"
            .formatted(phone, group.path("id").asText()));
    server.links.connect(phone).complete(new TerminalAnswer(0, 0, 0));
    String path = "/api/v1/groups/" + group.path("id").asText() + "/commands";
    JsonNode first = TestServer.json(send(path, "{\"type\":\"position\"}", "key"));
    JsonNode again = TestServer.json(send(path, "{\"type\":\"position\"}", "key"));
    assertThat(first.path("items")).hasSize(1);
    assertThat(again.path("batch")).isEqualTo(first.path("batch"));
    assertThat(again.path("items").path(0).path("id"))
        .isEqualTo(first.path("items").path(0).path("id"));
    HttpResponse<String> other = send(path, "{\"type\":\"attributes\"}", "key");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(other).path("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  private JsonNode made(String path, String body) {
    HttpResponse<String> made = server.post(path, "application/json", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return TestServer.json(made);
  }

  @Test
  void whoIsNotConnectedFailsAsOffline() {
    String location =
        command("{\"type\":\"position\"}", "b").headers().firstValue("Location").orElseThrow();
    await().atMost(SOON).until(() -> state(location).equals("failed"));
    assertThat(TestServer.json(server.get(location)).path("code").asText())
        .isEqualTo("TERMINAL_OFFLINE");
  }

  @Test
  void bodiesBecomeMessages() {
    server.links.connect(PHONE).complete(new TerminalAnswer(0, 0, 0));
    String body =
        "{\"type\":\"parameters.write\",\"parameters\":[{\"id\":\"0x0001\",\"value\":60},"
            + "{\"id\":19,\"value\":\"a.example\"},{\"id\":132,\"value\":1,\"width\":\"byte\"}]}";
    assertThat(command(body, "c").statusCode()).isEqualTo(202);
    await().atMost(SOON).until(() -> !server.links.requests.isEmpty());
    ParameterWrite write = (ParameterWrite) server.links.requests.getFirst();
    assertThat(write.parameters())
        .extracting(each -> each.value().toHex())
        .containsExactly("0000003c", "612e6578616d706c65", "01");
  }

  @Test
  void nonsenseIsRefused() {
    for (String body :
        List.of(
            "{}",
            "{\"type\":\"dance\"}",
            "{\"type\":\"text\"}",
            "{\"type\":\"control\",\"command\":\"explode\"}",
            "{\"type\":\"photo\",\"channel\":256}",
            "{\"type\":\"transparent\",\"kind\":1,\"hex\":\"zz\"}",
            "{\"type\":\"parameters.write\",\"parameters\":[{\"id\":1,\"value\":-1}]}")) {
      HttpResponse<String> refused = command(body, "d");
      assertThat(refused.statusCode()).as(body).isEqualTo(400);
      assertThat(TestServer.json(refused).path("code").asText()).isEqualTo("INVALID_BODY");
    }
    assertThat(server.post("/api/v1/terminals/1/commands", "application/json", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aTerminalThatWasNeverLocatedHasNoPosition() {
    HttpResponse<String> position = server.get("/api/v1/terminals/" + PHONE + "/position");
    assertThat(position.statusCode()).isEqualTo(404);
    assertThat(TestServer.json(position).path("code").asText()).isEqualTo("POSITION_UNKNOWN");
    JsonNode track = TestServer.json(server.get("/api/v1/terminals/" + PHONE + "/track"));
    assertThat(track.path("items")).isEmpty();
    assertThat(
            server
                .get("/api/v1/terminals/" + PHONE + "/track?to=%2B300000-01-01T00:00:00Z")
                .statusCode())
        .isEqualTo(400);
    assertThat(server.get("/api/v1/terminals/" + PHONE + "/track?from=yesterday").statusCode())
        .isEqualTo(400);
  }

  private String state(String location) {
    return TestServer.json(server.get(location)).path("state").asText();
  }

  private HttpResponse<String> command(String body, String key) {
    return send("/api/v1/terminals/" + PHONE + "/commands", body, key);
  }

  private HttpResponse<String> send(String path, String body, String key) {
    return TestServer.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }
}
