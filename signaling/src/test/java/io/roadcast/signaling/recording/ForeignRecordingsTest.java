package io.roadcast.signaling.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Grant;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.Sighting;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.signaling.TestServer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two organizations, each allowed everything within itself: what is one's is not the other's. */
@Timeout(180)
class ForeignRecordingsTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final String PHONE = "13912345678";
  private static final String STREAM = PHONE + "-1";
  private static final String TIME =
      "stream=" + STREAM + "&from=2026-01-31T12:00:00Z&to=2026-01-31T12:00:02Z";
  private static final String BODY =
      "\"from\":\"2026-01-31T12:00:00Z\",\"to\":\"2026-01-31T12:00:02Z\"";
  private static final String LINK =
      "{\"stream\":\"" + STREAM + "\"," + BODY + ",\"expires_in_s\":60}";
  private static final String EXPORT =
      "{\"streams\":[{\"stream\":\"" + STREAM + "\"}]," + BODY + "}";
  private static final String ALL = "/api/v1/recordings";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;
  private RecordingCatalog catalog;
  private Segment segment;
  private UUID organization;
  private Javalin own;
  private Javalin foreign;

  /** What is asked, and what somebody of the same organization is answered. */
  private record Request(String method, String path, String body, int own) {}

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    assertThat(server.database().awaitReady(Duration.ofSeconds(60))).isTrue();
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
    Sighting sighting =
        Sighting.ofPhone(HexFormat.of().parseHex("0" + PHONE), "127.0.0.1", TerminalFacts.none());
    UUID terminal = server.fleet.enrolment().enrol(List.of(sighting)).values().iterator().next();
    await().atMost(SOON).until(() -> server.fleet.identities().find(terminal).isPresent());
    organization = server.fleet.identities().find(terminal).orElseThrow().organization();
    segment =
        RecordedFile.write(directory, STREAM, new Owner(organization, terminal, null), START)
            .segment();
    catalog = new RecordingCatalog(database.database());
    catalog.put(List.of(segment));
    own = serve(organization);
    foreign = serve(UUID.randomUUID());
  }

  @AfterEach
  void stop() {
    own.stop();
    foreign.stop();
    server.close();
    database.close();
  }

  /** For somebody who may do everything within one organization. */
  private Javalin serve(UUID of) {
    Grant all = new Grant(EnumSet.allOf(Action.class), Resource.organization(of));
    Principal somebody = new Principal("somebody", Principal.Kind.ADMINISTRATOR, List.of(all));
    Gate gate =
        new Gate(
            credential -> somebody,
            AccessPolicy.byGrants(),
            new FailedAuthentications(Duration.ofMillis(2), 1));
    Json json = new Json();
    return Javalin.create(
            javalin -> {
              new ProblemResponse(json).install(javalin.routes);
              server.recordings.install(javalin.routes, TestServer.tools(gate, json));
            })
        .start("127.0.0.1", 0);
  }

  private static HttpResponse<String> ask(Javalin app, Request request) throws Exception {
    HttpRequest built =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + request.path))
            .header("Content-Type", "application/json")
            .method(request.method, HttpRequest.BodyPublishers.ofString(request.body))
            .build();
    return CLIENT.send(built, HttpResponse.BodyHandlers.ofString());
  }

  private static Request get(String path) {
    return new Request("GET", path, "", 200);
  }

  @Test
  void aRecordingsIdIsUnknownToOthers() throws Exception {
    String one = ALL + "/" + segment.id();
    List<Request> requests =
        List.of(
            get(one),
            get(one + "/file"),
            get(one + "/thumbnail.jpg"),
            new Request("PUT", one + "/hold", "", 204),
            new Request("DELETE", one + "/hold", "", 204),
            new Request("DELETE", one, "", 204));
    for (Request request : requests) {
      HttpResponse<String> refused = ask(foreign, request);
      assertThat(refused.statusCode()).as("%s", request).isEqualTo(404);
      assertThat(new ObjectMapper().readTree(refused.body()).path("code").asText())
          .isEqualTo("RECORDING_NOT_FOUND");
      Request unknown =
          new Request(
              request.method,
              request.path.replace(segment.id().toString(), UUID.randomUUID().toString()),
              request.body,
              404);
      assertThat(ask(foreign, unknown).statusCode()).as("%s", unknown).isEqualTo(404);
    }
    assertThat(catalog.find(segment.id()).orElseThrow()).isEqualTo(segment);
    for (Request request : requests) {
      assertThat(ask(own, request).statusCode()).as("%s", request).isEqualTo(request.own);
    }
    assertThat(catalog.find(segment.id()).orElseThrow().state()).isEqualTo(SegmentState.DELETED);
  }

  @Test
  void whatIsRecordedOfAStreamIsRefusedToOthers() throws Exception {
    String recording = "/api/v1/streams/" + STREAM + "/recording";
    String policy = "/api/v1/recording-policies/channel/" + STREAM;
    for (Request request :
        List.of(
            get(ALL + "?" + TIME),
            get(ALL + "/range.mp4?" + TIME),
            get(ALL + "/range.mp4?exact=true&" + TIME),
            get(ALL + "/range.m3u8?" + TIME),
            get(ALL + "/timeline?" + TIME),
            get(ALL + "/days?" + TIME),
            get(ALL + "/thumbnails.vtt?" + TIME),
            new Request("POST", ALL + "/links", LINK, 201),
            new Request("POST", ALL + "/exports", EXPORT, 201),
            get(recording),
            new Request("PUT", recording, "{\"duration_s\":60}", 200),
            new Request("DELETE", recording, "", 204),
            new Request("PUT", policy, "{\"mode\":\"never\"}", 200),
            new Request("DELETE", policy, "", 204))) {
      HttpResponse<String> refused = ask(foreign, request);
      assertThat(refused.statusCode()).as("%s", request).isIn(403, 404);
      assertThat(refused.body()).doesNotContain(segment.id().toString());
      assertThat(ask(own, request).statusCode()).as("%s", request).isEqualTo(request.own);
    }
  }

  @Test
  void signedPartsExportsAndWhatCountsForAllAreNotForOthersEither() throws Exception {
    String one = ALL + "/" + segment.id();
    HttpResponse<String> made = ask(own, new Request("POST", ALL + "/exports", EXPORT, 201));
    String export =
        ALL + "/exports/" + new ObjectMapper().readTree(made.body()).path("id").asText();
    assertThat(ask(own, get(export)).statusCode()).isEqualTo(200);
    String policy = "/api/v1/recording-policies/organization/" + organization;
    for (Request request :
        List.of(
            get(export),
            get(export + "/archive.zip"),
            get(one + "/init.mp4"),
            get(one + "/part.m4s?first=0&end=1&base=0"),
            get(one + "/sprite.jpg?sheet=0&tiles=1"),
            get("/api/v1/recording-policies"),
            new Request("PUT", policy, "{\"mode\":\"never\"}", 200),
            new Request("DELETE", policy, "", 204),
            get("/api/v1/recording-deletion"),
            new Request("PUT", "/api/v1/recording-deletion", "{\"suspended\":true}", 403))) {
      assertThat(ask(foreign, request).statusCode()).as("%s", request).isIn(403, 404);
    }
  }
}
