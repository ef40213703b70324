package io.roadcast.signaling.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.javalin.Javalin;
import io.roadcast.events.webhook.WebhookSecret;
import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Grant;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.signaling.ApiDescription;
import io.roadcast.signaling.TestServer;
import io.roadcast.signaling.auth.FailedAuthentications;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.ProblemResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over the API, with a receiver that checks what comes. */
@Timeout(180)
class WebhookApiTest {
  private static final String JSON = "application/json";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @TempDir Path directory;
  private final ApiDescription description = new ApiDescription();
  private final TestDatabase database = TestDatabase.create();
  private final List<Message> came = new CopyOnWriteArrayList<>();
  private TestServer server;
  private HttpServer receiver;
  private volatile int answer = 204;

  private record Message(String id, String timestamp, String signature, String body) {
    JsonNode json() {
      return TestServer.json(body);
    }
  }

  WebhookApiTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::take);
    receiver.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (answer < 300) {
      came.add(
          new Message(
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              body));
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    server.close();
    database.close();
  }

  @Test
  void whoIsToldCanVerifyItAndSecretsAreToldOnce() {
    HttpResponse<String> made = create("\"severity\":\"warning\"");
    check(made, 201, "Webhook");
    String path = made.headers().firstValue("Location").orElseThrow();
    WebhookSecret secret = WebhookSecret.parse(TestServer.json(made).path("secret").asText());
    check(server.get(path), 200, "Webhook");
    assertThat(TestServer.json(server.get(path)).has("secret")).isFalse();
    check(server.get("/api/v1/webhooks"), 200, "WebhookPage");
    report("139", "info", 1);
    String event = report("139", "critical", 2);
    await().atMost(SOON).until(() -> came.size() == 1);
    Message message = came.getFirst();
    assertThat(message.signature())
        .isEqualTo(secret.sign(message.id(), Long.parseLong(message.timestamp()), message.body()));
    description.assertMatches(message.json(), "EventMessage");
    assertThat(message.json().path("event").path("id").asText()).isEqualTo(event);
    await().atMost(SOON).until(() -> items(path + "/deliveries?state=delivered").size() == 1);
    HttpResponse<String> told = server.get(path + "/deliveries");
    check(told, 200, "DeliveryPage");
    assertThat(TestServer.json(told).at("/items/0/id").asText()).isEqualTo(message.id());
    String fresh = WebhookSecret.random().reveal();
    check(
        server.patch(path, "{\"secret\":\"" + fresh + "\",\"terminal\":\"0140\"}"), 200, "Webhook");
    report("139", "critical", 3);
    report("140", "critical", 4);
    await().atMost(SOON).until(() -> came.size() == 2);
    Message second = came.getLast();
    assertThat(second.json().at("/event/deviceId").asText()).isEqualTo("140");
    assertThat(second.signature())
        .isEqualTo(
            WebhookSecret.parse(fresh)
                .sign(second.id(), Long.parseLong(second.timestamp()), second.body()));
  }

  @Test
  void whatWasGivenUpIsKeptAndSentAgainWhenAsked() {
    answer = 500;
    String path =
        create("\"changes\":[\"created\"]").headers().firstValue("Location").orElseThrow();
    report("139", "critical", 1);
    report("139", "critical", 2);
    await()
        .atMost(SOON)
        .until(() -> items(path + "/deliveries").path(1).path("attempts").asInt() > 0);
    String waiting = items(path + "/deliveries").path(1).path("id").asText();
    assertThat(items(path + "/deliveries").path(1).path("reason").asText()).isEqualTo("STATUS_500");
    String resend = path + "/deliveries/" + waiting + "/resend";
    check(server.post(resend, JSON, ""), 409, "Problem");
    // As after a day.
    server
        .database()
        .useTransaction(
            handle ->
                handle.execute(
                    "UPDATE webhook_delivery SET waits_since = now() - interval '2 days'"));
    await().atMost(SOON).until(() -> items(path + "/deliveries?state=dead").size() == 2);
    assertThat(came).isEmpty();
    answer = 200;
    check(server.post(resend, JSON, ""), 202, "Resent");
    await().atMost(SOON).until(() -> came.size() == 1);
    HttpResponse<String> rest = server.post(path + "/deliveries/resend", JSON, "");
    check(rest, 202, "Resent");
    assertThat(TestServer.json(rest).path("deliveries").asInt()).isEqualTo(1);
    await().atMost(SOON).until(() -> came.size() == 2);
    assertThat(came.getFirst().id()).isEqualTo(waiting);
    assertThat(server.delete(path).statusCode()).isEqualTo(204);
    check(server.get(path), 404, "Problem");
  }

  @Test
  void whatIsWrongIsRefused() {
    for (String body :
        List.of(
            "{}",
            "{\"name\":\"a\"}",
            "{\"name\":\"a\",\"url\":\"ftp://example.org/\"}",
            "{\"name\":\"a\",\"url\":\"http://user:secret@example.org/\"}",
            "{\"name\":\"\",\"url\":\"http://example.org/\"}",
            "{\"name\":\"a\",\"url\":\"http://example.org/\",\"secret\":\"short\"}",
            "{\"name\":\"a\",\"url\":\"http://example.org/\",\"changes\":[]}",
            "{\"name\":\"a\",\"url\":\"http://example.org/\",\"kind\":\"x\"}",
            "{\"name\":\"a\",\"url\":\"http://example.org/\",\"enabled\":1}")) {
      check(server.post("/api/v1/webhooks", JSON, body), 400, "Problem");
    }
    String missing = "/api/v1/webhooks/" + UUID.randomUUID();
    check(server.get(missing), 404, "Problem");
    check(server.patch(missing, "{}"), 404, "Problem");
    check(server.post(missing + "/deliveries/resend", JSON, ""), 404, "Problem");
    String path = create("\"enabled\":true").headers().firstValue("Location").orElseThrow();
    check(server.get(path + "/deliveries?state=lost"), 400, "Problem");
    check(server.get(path + "/deliveries?cursor=x"), 400, "Problem");
    check(
        server.post(path + "/deliveries/" + UUID.randomUUID() + "/resend", JSON, ""),
        404,
        "Problem");
    assertThat(TestServer.send(server.anonymous("/api/v1/webhooks")).statusCode()).isEqualTo(401);
    JsonNode token =
        TestServer.json(
            server.post("/api/v1/tokens", JSON, "{\"stream\":\"139-1\",\"expires_in_s\":60}"));
    assertThat(
            TestServer.send(
                    server
                        .anonymous(path)
                        .header("Authorization", "Bearer " + token.path("token").asText()))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void whatIsAnotherOrganizationsIsNotThere() throws Exception {
    UUID own = server.fleet.organizations().ofNobodyElse();
    String nodes = create("\"enabled\":true").headers().firstValue("Location").orElseThrow();
    String body = "{\"name\":\"a\",\"url\":\"http://example.org/\"}";
    HttpResponse<String> ofOwn = server.post("/api/v1/webhooks?organization=" + own, JSON, body);
    check(ofOwn, 201, "Webhook");
    String owns = ofOwn.headers().firstValue("Location").orElseThrow();
    Grant all = new Grant(EnumSet.allOf(Action.class), Resource.organization(own));
    Principal somebody = new Principal("somebody", Principal.Kind.ADMINISTRATOR, List.of(all));
    Gate gate =
        new Gate(
            credential -> somebody,
            AccessPolicy.byGrants(),
            new FailedAuthentications(Duration.ofMillis(2), 1));
    Json json = new Json();
    Javalin app =
        Javalin.create(
            javalin -> {
              new ProblemResponse(json).install(javalin.routes);
              server.events.api(server.fleet).install(javalin.routes, TestServer.tools(gate, json));
            });
    app.start("127.0.0.1", 0);
    try {
      URI at = URI.create("http://127.0.0.1:" + app.port());
      assertThat(status(at.resolve(nodes))).isEqualTo(404);
      assertThat(status(at.resolve(nodes + "/deliveries"))).isEqualTo(404);
      assertThat(status(at.resolve(owns))).isEqualTo(200);
      HttpResponse<String> list =
          TestServer.send(HttpRequest.newBuilder(at.resolve("/api/v1/webhooks")));
      assertThat(TestServer.json(list).path("items")).hasSize(1);
      for (String other : List.of("", "?organization=" + UUID.randomUUID())) {
        HttpRequest.Builder post =
            HttpRequest.newBuilder(at.resolve("/api/v1/webhooks" + other))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        assertThat(TestServer.send(post).statusCode()).isIn(403, 404);
      }
    } finally {
      app.stop();
    }
  }

  private static int status(URI uri) {
    return TestServer.send(HttpRequest.newBuilder(uri)).statusCode();
  }

  private HttpResponse<String> create(String more) {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    return server.post(
        "/api/v1/webhooks", JSON, "{\"name\":\"test\",\"url\":\"" + url + "\"," + more + "}");
  }

  /** Returns the id of the event. */
  private String report(String terminal, String severity, int second) {
    HttpResponse<String> taken =
        server.post(
            "/api/v1/events",
            JSON,
            "{\"type\":\"other.test\",\"severity\":\"%s\",\"timestamp\":\"%s\",\"deviceId\":\"%s\"}"
                .formatted(severity, NOW.minusSeconds(300).plusSeconds(second), terminal));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    return TestServer.json(taken).at("/items/0/id").asText();
  }

  private JsonNode items(String path) {
    return TestServer.json(server.get(path)).path("items");
  }

  private void check(HttpResponse<String> response, int status, String schema) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    description.assertMatches(TestServer.json(response), schema);
  }
}
