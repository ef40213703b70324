package io.roadcast.signaling.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Grant;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.Sighting;
import io.roadcast.jtt.gateway.ReceivedMedia;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.signaling.TestServer;
import io.roadcast.signaling.TestSocket;
import io.roadcast.signaling.auth.FailedAuthentications;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.ProblemResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of terminals over the API, on a real PostgreSQL. */
@Timeout(180)
class MediaApiTest {
  private static final String PHONE = "13912345678";
  private static final String OF_TERMINAL = "/api/v1/terminals/" + PHONE + "/media";
  private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a464946");
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    assertThat(server.database().awaitReady(SOON)).isTrue();
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
    byte[] raw = HexFormat.of().parseHex("0" + PHONE);
    Sighting sighting = Sighting.ofPhone(raw, "127.0.0.1", TerminalFacts.none());
    server.fleet.enrolment().enrol(List.of(sighting));
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void aPictureIsListedShownAndDownloaded() throws Exception {
    keep(1, 0);
    JsonNode item = items(OF_TERMINAL, 1).get(0);
    assertThat(item.path("kind").asText()).isEqualTo("picture");
    assertThat(item.path("format").asText()).isEqualTo("jpeg");
    assertThat(item.path("event").asText()).isEqualTo("timed");
    assertThat(item.path("position").path("latitude").asDouble()).isEqualTo(22.5);
    JsonNode record = TestServer.json(server.get("/api/v1/media/" + item.path("id").asText()));
    assertThat(record).isEqualTo(item);
    HttpResponse<byte[]> content = download(item);
    assertThat(content.statusCode()).isEqualTo(200);
    assertThat(content.body()).isEqualTo(JPEG);
    assertThat(content.headers().firstValue("Content-Type")).contains("image/jpeg");
    String tag = content.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isEqualTo('"' + item.path("sha256").asText() + '"');
    HttpResponse<byte[]> again = download(item, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(audited("media.download")).isEqualTo(1);
  }

  @Test
  void listsAreFilteredAndComeInPages() throws Exception {
    for (int i = 1; i <= 3; i++) {
      keep(i, 0);
    }
    keep(4, 1);
    items(OF_TERMINAL, 4);
    items(OF_TERMINAL + "?kind=picture", 3);
    items(OF_TERMINAL + "?kind=sound", 1);
    items(OF_TERMINAL + "?to=2020-01-01T00:00:00Z", 0);
    items(OF_TERMINAL + "?command=" + UUID.randomUUID(), 0);
    JsonNode first = TestServer.json(server.get(OF_TERMINAL + "?limit=3"));
    assertThat(first.path("items")).hasSize(3);
    JsonNode second =
        TestServer.json(server.get(OF_TERMINAL + "?cursor=" + first.path("next").asText()));
    assertThat(second.path("items")).hasSize(1);
    assertThat(second.has("next")).isFalse();
    // What the database has no number for, as a time and as the place of a cursor.
    String tooLate = "%2B300000-01-01T00:00:00Z";
    String behind = "KzMwMDAwMC0wMS0wMVQwMDowMDowMFovMTk4LTAtMC0wLTA";
    for (String wrong :
        List.of(
            "kind=dance",
            "cursor=x",
            "command=1",
            "from=yesterday",
            "to=" + tooLate,
            "cursor=" + behind)) {
      assertThat(server.get(OF_TERMINAL + "?" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void aVehicleHasThePicturesOfItsTerminal() throws Exception {
    String made =
        server
            .post(
                "/api/v1/vehicles",
                "application/json",
                "{\"plate\":\"A1\",\"terminal\":\"" + PHONE + "\"}")
            .body();
    String vehicle = TestServer.json(made).path("id").asText();
    await()
        .atMost(SOON)
        .until(
            () ->
                server.fleet.identities().byNumber(PHONE)
                        instanceof io.roadcast.fleet.Resolution.Known(var known)
                    && known.vehicle() != null);
    keep(1, 0);
    JsonNode item = items("/api/v1/vehicles/" + vehicle + "/media", 1).get(0);
    assertThat(item.path("vehicle").asText()).isEqualTo(vehicle);
  }

  @Test
  void aPhotoIsFoundFromItsCommand() throws Exception {
    CompletableFuture<Jt808Message> answer = server.links.connect(PHONE);
    HttpResponse<String> taken =
        server.post(
            "/api/v1/terminals/" + PHONE + "/commands",
            "application/json",
            "{\"type\":\"photo\",\"channel\":1}");
    String command = TestServer.json(taken).path("id").asText();
    answer.complete(new CameraShotAnswer(0, 0, List.of(77L)));
    keep(77, 0);
    JsonNode item = items(OF_TERMINAL + "?command=" + command, 1).get(0);
    assertThat(item.path("media_id").asInt()).isEqualTo(77);
    assertThat(item.path("command").asText()).isEqualTo(command);
  }

  @Test
  void removedIsGone() throws Exception {
    keep(1, 0);
    JsonNode item = items(OF_TERMINAL, 1).get(0);
    String path = "/api/v1/media/" + item.path("id").asText();
    assertThat(server.delete(path).statusCode()).isEqualTo(204);
    assertThat(server.delete(path).statusCode()).isEqualTo(404);
    HttpResponse<String> gone = server.get(path + "/content");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(TestServer.json(gone).path("code").asText()).isEqualTo("MEDIA_NOT_FOUND");
    assertThat(audited("media.remove")).isEqualTo(1);
  }

  @Test
  void listenersAreTold() throws Exception {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.nextOf("hello");
      server.server.terminalNews().announced(PHONE, new MediaEvent(5, 0, 0, 0, 2));
      JsonNode announced = socket.nextOf("terminal.media_announced");
      assertThat(announced.path("media_id").asInt()).isEqualTo(5);
      keep(5, 0);
      JsonNode media = socket.nextOf("terminal.media").path("media");
      assertThat(media.path("terminal").asText()).isEqualTo(PHONE);
      assertThat(download(media).body()).isEqualTo(JPEG);
    }
  }

  @Test
  void anotherOrganizationSeesNothing() throws Exception {
    keep(1, 0);
    String id = items(OF_TERMINAL, 1).get(0).path("id").asText();
    UUID own = server.fleet.organizations().ofNobodyElse();
    assertThat(statusFor(own, "GET", "/api/v1/media/" + id)).isEqualTo(200);
    assertThat(statusFor(own, "GET", OF_TERMINAL)).isEqualTo(200);
    UUID foreign = UUID.randomUUID();
    assertThat(statusFor(foreign, "GET", "/api/v1/media/" + id)).isEqualTo(403);
    assertThat(statusFor(foreign, "GET", "/api/v1/media/" + id + "/content")).isEqualTo(403);
    assertThat(statusFor(foreign, "DELETE", "/api/v1/media/" + id)).isEqualTo(403);
    assertThat(statusFor(foreign, "GET", OF_TERMINAL)).isEqualTo(403);
  }

  /** Of a request by somebody who may do everything within one organization. */
  private int statusFor(UUID organization, String method, String path) throws Exception {
    Grant all = new Grant(EnumSet.allOf(Action.class), Resource.organization(organization));
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
              server.terminalApi.install(javalin.routes, TestServer.tools(gate, json));
            });
    try {
      app.start("127.0.0.1", 0);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } finally {
      app.stop();
    }
  }

  private void keep(long mediaId, int type) throws Exception {
    Instant now = Instant.now();
    Location location =
        new Location(0, 2, 22_500_000, 114_050_000, 12, 603, 90, TerminalTime.of(now));
    MediaUpload upload = new MediaUpload(mediaId, type, 0, 1, 2, location, null, Bytes.of(JPEG));
    server
        .media
        .keep(new ReceivedMedia(PHONE, now, now, upload))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private JsonNode items(String path, int count) {
    await()
        .atMost(SOON)
        .until(() -> TestServer.json(server.get(path)).path("items").size() == count);
    return TestServer.json(server.get(path)).path("items");
  }

  private HttpResponse<byte[]> download(JsonNode item, String... headers) throws Exception {
    HttpRequest.Builder request = server.request(item.path("content").asText()).GET();
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private long audited(String action) {
    return TestServer.json(server.get("/api/v1/audit?limit=500"))
        .path("items")
        .findValuesAsText("action")
        .stream()
        .filter(action::equals)
        .count();
  }
}
