package io.roadcast.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events over HTTP and WebSocket, as openapi.yaml says. */
@Timeout(120)
class EventApiTest {
  private static final String JSON = "application/json";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @TempDir Path directory;
  private final ApiDescription description = new ApiDescription();
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;

  EventApiTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void anAnalysersEventIsListedShownAndHandled() {
    HttpResponse<String> made = report("139", "dsm.fatigue", "critical", 1);
    check(made, 201, "EventPage");
    JsonNode event = TestServer.json(made).path("items").path(0);
    String id = event.path("id").asText();
    assertThat(event.path("videoStreamId").asText()).isEqualTo("139-2");
    assertThat(event.path("metadata").path("dsm").path("fatigue").asInt()).isEqualTo(7);
    assertThat(event.path("attention").asBoolean()).isTrue();
    assertThat(items(report("139", "dsm.fatigue", "critical", 1))).isEmpty();
    report("140", "other.cargo_moved", "info", 2);
    report("139", "bsd.left", "warning", 3);
    assertThat(items(server.get("/api/v1/events"))).hasSize(3);
    assertThat(items(server.get("/api/v1/events?terminal=0139"))).hasSize(2);
    assertThat(items(server.get("/api/v1/events?kind=other"))).hasSize(1);
    assertThat(items(server.get("/api/v1/events?type=bsd.left"))).hasSize(1);
    assertThat(items(server.get("/api/v1/events?severity=warning"))).hasSize(2);
    assertThat(items(server.get("/api/v1/events?state=open"))).isEmpty();
    assertThat(items(server.get("/api/v1/events?to=" + NOW.minusSeconds(400)))).isEmpty();
    JsonNode page = TestServer.json(server.get("/api/v1/events?limit=2"));
    String next = "/api/v1/events?limit=2&cursor=" + page.path("next").asText();
    assertThat(items(server.get(next))).hasSize(1);
    String path = "/api/v1/events/" + id;
    check(server.get(path), 200, "Event");
    String wish = "{\"acknowledged\":true,\"assignee\":\"Li\",\"falseAlarm\":true}";
    check(server.patch(path, wish), 200, "Event");
    check(server.post(path + "/comments", JSON, "{\"text\":\"seen\"}"), 201, "EventComment");
    JsonNode shown = TestServer.json(server.get(path));
    assertThat(shown.path("acknowledgedBy").asText()).isEqualTo("administrator");
    assertThat(shown.path("assignee").asText()).isEqualTo("Li");
    assertThat(shown.path("falseAlarm").asBoolean()).isTrue();
    assertThat(shown.path("comments").path(0).path("text").asText()).isEqualTo("seen");
    assertThat(items(server.get("/api/v1/events?acknowledged=false"))).hasSize(2);
    server.patch(path, "{\"acknowledged\":false,\"assignee\":null}");
    assertThat(TestServer.json(server.get(path)).has("assignee")).isFalse();
  }

  @Test
  void whatIsWrongIsRefusedAndGuestsSeeNothing() {
    check(server.get("/api/v1/events/" + UUID.randomUUID()), 404, "Problem");
    check(server.get("/api/v1/events/7"), 404, "Problem");
    for (String query :
        new String[] {"kind=x", "severity=9", "state=on", "cursor=x", "group=1", "assignee=%00"}) {
      check(server.get("/api/v1/events?" + query), 400, "Problem");
    }
    for (String body :
        new String[] {
          "{}",
          "{\"type\":\"dsm\",\"timestamp\":\"" + NOW + "\",\"deviceId\":\"139\"}",
          "{\"type\":\"dsm.x\",\"timestamp\":\"soon\",\"deviceId\":\"139\"}",
          "{\"type\":\"dsm.x\",\"timestamp\":\"2999-01-01T00:00:00Z\",\"deviceId\":\"139\"}",
          "{\"type\":\"dsm.x\",\"timestamp\":\""
              + NOW
              + "\",\"deviceId\":\"139\",\"source\":\"jt808\"}"
        }) {
      check(server.post("/api/v1/events", JSON, body), 400, "Problem");
    }
    String event = items(report("139", "dsm.smoking", "warning", 1)).path(0).path("id").asText();
    check(server.patch("/api/v1/events/" + event, "{\"assignee\":\"\\u0000\"}"), 400, "Problem");
    String token =
        TestServer.json(
                server.post("/api/v1/tokens", JSON, "{\"stream\":\"139-1\",\"expires_in_s\":60}"))
            .path("token")
            .asText();
    for (String path : new String[] {"", "/" + event, "/" + UUID.randomUUID()}) {
      assertThat(
              TestServer.send(
                      server
                          .anonymous("/api/v1/events" + path)
                          .header("Authorization", "Bearer " + token)
                          .GET())
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void clientsAreToldInOrderAndResumeWhereTheyWere() {
    long number;
    String id;
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.say("{\"type\":\"events.subscribe\",\"severity\":\"warning\",\"terminal\":\"139\"}");
      assertThat(socket.nextOf("events.subscribed").path("number").asLong()).isZero();
      report("139", "dsm.phone", "info", 1);
      report("140", "dsm.phone", "critical", 2);
      id = items(report("139", "dsm.phone", "critical", 3)).path(0).path("id").asText();
      JsonNode told = socket.nextOf("event.created");
      description.assertMatches(told, "EventMessage");
      assertThat(told.path("event").path("id").asText()).isEqualTo(id);
      number = told.path("number").asLong();
      assertThat(number).isEqualTo(3);
    }
    server.patch("/api/v1/events/" + id, "{\"acknowledged\":true}");
    UUID clip = TimeOrderedId.next();
    server.events.evidence.put(
        Evidence.wished(clip, UUID.fromString(id), EvidenceKind.CLIP, "clip", 2, NOW)
            .stored(EvidenceState.COMPLETE, "x", "video/mp4", 1000, "00"));
    report("139", "dsm.smoking", "critical", 4);
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.say("{\"type\":\"events.subscribe\",\"since\":" + number + "}");
      assertThat(socket.nextOf("events.subscribed").path("number").asLong()).isEqualTo(number);
      assertThat(socket.nextOf("event.handled").path("number").asLong()).isEqualTo(4);
      JsonNode evidence = socket.nextOf("event.evidence");
      assertThat(evidence.path("event").path("videoClipUrl").asText())
          .isEqualTo("/api/v1/events/" + id + "/evidence/" + clip);
      assertThat(socket.nextOf("event.created").path("number").asLong()).isEqualTo(6);
      socket.say("{\"type\":\"events.subscribe\",\"since\":99}");
      assertThat(socket.nextOf("error").path("code").asText()).isEqualTo("RESUME_TOO_OLD");
      server.events.changes.forgetBefore(Instant.now().plusSeconds(60));
      report("139", "dsm.smoking", "critical", 5);
      assertThat(socket.nextOf("event.created").path("number").asLong()).isEqualTo(7);
      socket.say("{\"type\":\"events.subscribe\",\"since\":" + number + "}");
      assertThat(socket.nextOf("error").path("code").asText()).isEqualTo("RESUME_TOO_OLD");
    }
  }

  @Test
  void rulesAreReadCheckedTriedAndCountAtOnce() {
    check(server.get("/api/v1/event-rules"), 200, "EventRules");
    String yaml =
        """
        rules:
          - name: phones
            when: {type: dsm.phone, speed: {min: 50}, area: [[31, 121], [31, 122], [32, 122], [32, 121]]}
            do: {severity: critical, suppress_repeats: 10m, notify: true, text: Put it down, clip: {}}
        """;
    report("139", "dsm.phone", "warning", 1);
    HttpResponse<String> tried =
        server.post("/api/v1/event-rules/dry-run", "application/yaml", yaml);
    check(tried, 200, "EventDryRun");
    JsonNode judged = TestServer.json(tried).path("items").path(0);
    assertThat(judged.path("severity").asText()).isEqualTo("critical");
    assertThat(judged.path("actions").toString()).isEqualTo("[\"clip\",\"text\"]");
    assertThat(TestServer.json(tried).path("matches").path("phones").asInt()).isEqualTo(1);
    check(server.put("/api/v1/event-rules", yaml), 200, "EventRules");
    JsonNode first = items(report("139", "dsm.phone", "info", 100)).path(0);
    assertThat(first.path("severity").asText()).isEqualTo("critical");
    JsonNode second = items(report("139", "dsm.phone", "info", 160)).path(0);
    assertThat(second.path("suppressed").asBoolean()).isTrue();
    for (String wrong :
        new String[] {
          "rules: [",
          "rules: [{name: a}]",
          "rules: [{name: a, do: {sing: true}}]",
          "rules: [{name: a, when: {kind: x}, do: {notify: true}}]",
          "rules: [{name: a, when: {area: [[1, 2]]}, do: {notify: true}}]",
          "rules: [{name: a, do: {notify: true}}, {name: a, do: {notify: true}}]"
        }) {
      HttpResponse<String> refused = server.put("/api/v1/event-rules", wrong);
      check(refused, 400, "Problem");
    }
    assertThat(TestServer.json(server.get("/api/v1/event-rules")).path("origin").asText())
        .isEqualTo("node");
    assertThat(server.delete("/api/v1/event-rules").statusCode()).isEqualTo(204);
    assertThat(server.delete("/api/v1/event-rules").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> report(String terminal, String type, String severity, int second) {
    String body =
        "{\"type\":\"%s\",\"severity\":\"%s\",\"timestamp\":\"%s\",\"deviceId\":\"%s\",\"channel\":2,"
                .formatted(type, severity, NOW.minusSeconds(300).plusSeconds(second), terminal)
            + "\"location\":{\"latitude\":31.5,\"longitude\":121.5,\"speed\":60},"
            + "\"metadata\":{\"dsm\":{\"fatigue\":7}}}";
    return server.post("/api/v1/events", JSON, body);
  }

  private static JsonNode items(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    return TestServer.json(response).path("items");
  }

  private void check(HttpResponse<String> response, int status, String schema) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    description.assertMatches(TestServer.json(response), schema);
  }
}
