package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.LoadViewerState;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server as it is started for real: it lets nobody in without a token. */
@Timeout(60)
class TokenTest {
  private static final String STREAM = "13900000070-1";

  /** Whose addresses are signed for who asked for them: a token alone opens them to nobody. */
  private static final Set<String> ONLY_BY_SIGNATURE =
      Set.of(
          "/api/v1/recordings/{id}/init.mp4",
          "/api/v1/recordings/{id}/part.m4s",
          "/api/v1/recordings/{id}/sprite.jpg",
          "/api/v1/recordings/exports/{id}/archive.zip");

  /** What any credential opens: an empty list at most, and how the page is to look. */
  private static final Set<String> FOR_EVERY_BEARER =
      Set.of("/api/v1/streams", "/api/v1/page", "/api/v1/ice-servers");

  private static final Set<String> FOR_EVERYBODY =
      Set.of("GET /healthz", "GET /readyz", "GET /openapi.yaml");

  private static RunningServer server;
  private static Simulation cameras;
  private static Http nobody;
  private static Http admin;
  private static Http guest;

  private record Operation(String method, String path) {
    @Override
    public String toString() {
      return method + " " + path;
    }

    int status(Http as) {
      String filled =
          path.replaceAll("\\{(id|stream)}", STREAM)
              .replaceAll("\\{[a-z]+}", "11111111-2222-4333-8444-555555555555");
      return as.send(method, filled, "", BodyPublishers.noBody()).statusCode();
    }
  }

  /** One that is well-formed, to something that is there. */
  private record Request(String method, String path, String type, String body) {
    static Request get(String path) {
      return new Request("GET", path, "", "");
    }

    static Request json(String method, String path, String body) {
      return new Request(method, path, "application/json", body);
    }

    int status(Http as) {
      return as.send(method, path, type, BodyPublishers.ofString(body)).statusCode();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(Map.of("open-access", "false", "bind-address", "127.0.0.1"));
    cameras =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(2, "13900000070", 1)
                .with(Witness.smallPicture()));
    server.awaitPictures(STREAM, 1);
    server.awaitPictures("13900000071-1", 1);
    nobody = new Http(server.url());
    admin = nobody.withToken(server.server().freshAdminToken().orElseThrow());
    String wanted = "{\"stream\":\"13900000071-1\",\"expires_in_s\":60}";
    guest =
        nobody.withToken(
            admin
                .json(
                    admin.send(
                        "POST",
                        "/api/v1/tokens",
                        "application/json",
                        BodyPublishers.ofString(wanted)),
                    201)
                .path("token")
                .asText());
  }

  @AfterAll
  static void stop() {
    if (cameras != null) {
      cameras.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyOperationOfTheDescriptionAsksForAToken() {
    List<Operation> operations = operations();
    assertThat(operations).hasSizeGreaterThan(12);
    for (Operation operation : operations) {
      boolean open =
          FOR_EVERYBODY.contains(operation.toString()) || operation.method().equals("OPTIONS");
      if (open) {
        assertThat(operation.status(nobody)).as("%s", operation).isBetween(200, 204);
      } else {
        assertThat(operation.status(nobody)).as("%s", operation).isEqualTo(401);
        if (ONLY_BY_SIGNATURE.contains(operation.path())) {
          assertThat(operation.status(admin)).as("%s", operation).isEqualTo(403);
        } else {
          assertThat(operation.status(admin)).as("%s", operation).isNotIn(401, 403);
        }
      }
    }
  }

  @Test
  void aTokenForAnotherStreamOpensOnlyThat() {
    for (Operation operation : operations()) {
      boolean open =
          FOR_EVERYBODY.contains(operation.toString()) || operation.method().equals("OPTIONS");
      if (!open && !FOR_EVERY_BEARER.contains(operation.path())) {
        int status = operation.status(guest);
        // What is not there, or can not be understood, is refused whoever asks.
        if (status != 403) {
          assertThat(status).as("%s", operation).isBetween(400, 499);
          assertThat(status).as("%s", operation).isEqualTo(operation.status(admin));
        }
      }
    }
    assertThat(guest.get("/api/v1/streams").body())
        .contains("13900000071-1")
        .doesNotContain(STREAM);
  }

  @Test
  void aTokenForAStreamDoesNotOpenItsPast() {
    String own = "/whep/13900000071-1";
    Request past = new Request("POST", own + "?start=-1", "application/sdp", Offers.small());
    assertThat(past.status(guest)).isEqualTo(403);
    assertThat(new Request("POST", own + "?start=soon", "application/sdp", "").status(admin))
        .isEqualTo(400);
    HttpResponse<String> opened =
        guest.send("POST", own, "application/sdp", BodyPublishers.ofString(Offers.small()));
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    String location = opened.headers().firstValue("Location").orElseThrow();
    String playback =
        "/api/v1/viewers/" + location.replaceFirst(".*/([0-9a-f-]{36}).*", "$1") + "/playback";
    Request seek = Request.json("POST", playback, "{\"action\":\"seek\",\"back_s\":1}");
    assertThat(seek.status(guest)).isEqualTo(404);
    assertThat(Request.get(playback).status(guest)).isEqualTo(404);
    await().atMost(Duration.ofSeconds(30)).until(() -> seek.status(admin) == 200);
    assertThat(Request.get(playback).status(admin)).isEqualTo(200);
    assertThat(admin.get("/api/v1/audit").body()).contains("recording.play");
    assertThat(Request.json("POST", playback, "{\"action\":\"live\"}").status(guest))
        .as("to live everybody may go who may watch")
        .isEqualTo(200);
  }

  @Test
  void aTokenForAStreamOpensNothingOfTheFleetThatIsThere() {
    String vehicle = made("/api/v1/vehicles", "{\"plate\":\"B1\"}").path("id").asText();
    String group = made("/api/v1/groups", "{\"name\":\"North\"}").path("id").asText();
    JsonNode terminal = made("/api/v1/terminals", "{\"phone\":\"13900000071\"}");
    String organization = terminal.path("organization").asText();
    String command = "{\"type\":\"text\",\"text\":\"Hello\"}";
    String terminals = "/api/v1/terminals/13900000071";
    String vehicles = "/api/v1/vehicles/" + vehicle;
    // Those that take something away come last; the administrator does each of them for real.
    List<Request> requests =
        List.of(
            Request.get("/api/v1/vehicles"),
            Request.get(vehicles),
            Request.get(vehicles + "/installations"),
            Request.get("/api/v1/groups"),
            Request.get("/api/v1/groups/" + group),
            Request.get("/api/v1/organizations"),
            Request.get("/api/v1/organizations/" + organization),
            Request.get("/api/v1/terminals"),
            Request.get(terminals),
            Request.get(terminals + "/identities"),
            Request.get(terminals + "/channels"),
            Request.get(terminals + "/usage"),
            Request.get("/api/v1/organizations/" + organization + "/usage"),
            Request.get(terminals + "/track?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"),
            Request.get(terminals + "/commands"),
            Request.get("/api/v1/audit"),
            Request.get("/api/v1/streams/" + STREAM),
            Request.get("/api/v1/streams/" + STREAM + "/viewers"),
            Request.get("/metrics"),
            Request.json("POST", "/api/v1/vehicles", "{\"plate\":\"B2\"}"),
            Request.json("POST", "/api/v1/groups", "{\"name\":\"South\"}"),
            Request.json("POST", "/api/v1/organizations", "{\"name\":\"Another\"}"),
            Request.json("POST", "/api/v1/terminals", "{\"phone\":\"13900000079\"}"),
            Request.json(
                "POST", "/api/v1/tokens", "{\"stream\":\"" + STREAM + "\",\"expires_in_s\":60}"),
            new Request("POST", "/api/v1/vehicles/import", "text/csv", "plate,name\nB3,Bus\n"),
            Request.json("PATCH", vehicles, "{\"name\":\"Truck\"}"),
            Request.json("PATCH", "/api/v1/groups/" + group, "{\"name\":\"West\"}"),
            Request.json("PATCH", terminals, "{\"name\":\"Box\"}"),
            Request.json("PATCH", terminals + "/usage", "{\"monthly_bytes\":null}"),
            Request.json(
                "PATCH",
                "/api/v1/organizations/" + organization + "/usage",
                "{\"monthly_bytes\":null}"),
            Request.json("PUT", terminals + "/channels/1", "{\"name\":\"Front\"}"),
            Request.json("POST", terminals + "/commands", command),
            Request.json("POST", "/api/v1/groups/" + group + "/commands", command),
            new Request("DELETE", terminals + "/channels/1", "", ""),
            new Request("DELETE", "/api/v1/groups/" + group, "", ""),
            new Request("DELETE", vehicles, "", ""),
            new Request("DELETE", terminals, "", ""));
    for (Request request : requests) {
      assertThat(request.status(guest)).as("a guest: %s", request).isIn(403, 404);
      assertThat(request.status(admin)).as("the administrator: %s", request).isBetween(200, 204);
    }
  }

  private static JsonNode made(String path, String wish) {
    return admin.json(
        admin.send("POST", path, "application/json", BodyPublishers.ofString(wish)), 201);
  }

  @Test
  void aTokenWatchesItsStream() throws Exception {
    String token = guest.token();
    try (NamedViewer watching =
        NamedViewer.watch(
            HttpClient.newHttpClient(),
            server.whep("13900000071-1"),
            LoadViewerOptions.defaults().withToken(token))) {
      assertThat(watching.state()).isEqualTo(LoadViewerState.CONNECTED);
    }
  }

  @Test
  void pushesAskForATokenToo() {
    assertThatThrownBy(() -> PushClient.connect(nobody.client(), server.wsUrl()))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    String url = server.wsUrl() + "?token=" + guest.token();
    try (PushClient pushes = PushClient.connect(nobody.client(), url)) {
      assertThat(pushes.awaitType("hello").path("streams").toString())
          .contains("13900000071-1")
          .doesNotContain(STREAM);
    }
  }

  /** All but the WebSocket's. Paths stand two blanks from the edge, methods four. */
  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    String path = "";
    for (String line : nobody.get("/openapi.yaml").body().lines().toList()) {
      if (line.matches(" {2}/.*:")) {
        path = line.strip().substring(0, line.strip().length() - 1);
      } else if (line.matches(" {4}(get|post|put|patch|delete|options):")) {
        String method = line.strip().substring(0, line.strip().length() - 1);
        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path));
      }
    }
    operations.removeIf(operation -> operation.path().equals("/api/v1/ws"));
    return operations;
  }
}
