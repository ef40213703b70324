package io.roadcast.signaling.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.events.Severity;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Grant;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.signaling.TestServer;
import io.roadcast.signaling.auth.FailedAuthentications;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.ProblemResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of safety events over the API, on a real PostgreSQL. */
@Timeout(120)
class EvidenceApiTest {
  private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");
  private static final UUID OWN = UUID.fromString("01890000-0000-7000-8000-0000000000aa");
  private static final String TEXT = "not really a video";

  @TempDir private Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;
  private UUID event;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    assertThat(server.database().awaitReady(Duration.ofSeconds(30))).isTrue();
    event = event();
  }

  private UUID event() {
    EventReport report =
        new EventReport(
            Phase.POINT,
            "1",
            "fatigue",
            new EventType(EventKind.DSM, "fatigue"),
            Severity.CRITICAL,
            "jsatl12",
            "13912345678",
            new EventOwner(null, null, null, OWN),
            null,
            null,
            null,
            AT,
            AT,
            false,
            null,
            "{}");
    return new EventIntake(
            server.database(), (each, groups) -> Verdict.plain(each), () -> AT, () -> {})
        .report(List.of(report))
        .getFirst()
        .id();
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private String put(String place, String type, EvidenceState state) {
    UUID id = UUID.randomUUID();
    Evidence wished = Evidence.wished(id, event, EvidenceKind.VIDEO, "02_1.h264", 1, AT);
    new EventEvidence(server.database(), () -> {})
        .put(
            state == EvidenceState.REQUESTED
                ? wished
                : wished.stored(state, place, type, TEXT.length(), "ab".repeat(32)));
    return "/api/v1/events/" + event + "/evidence/" + id;
  }

  private void write(String place, String text) throws Exception {
    Path file = directory.resolve("evidence").resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aFileIsServedAsItCameAsItIsShownAndInParts() throws Exception {
    write("attachments/files/7f/x", TEXT);
    write("attachments/files/7f/x.mp4", "a video");
    String path = put("attachments/files/7f/x", "video/h264", EvidenceState.COMPLETE);
    HttpResponse<String> whole = server.get(path);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(TEXT);
    assertThat(whole.headers().firstValue("Content-Type")).contains("video/h264");
    assertThat(whole.headers().firstValue("ETag")).contains("\"" + "ab".repeat(32) + "\"");
    HttpResponse<String> shown = server.get(path + "?form=shown");
    assertThat(shown.body()).isEqualTo("a video");
    assertThat(shown.headers().firstValue("Content-Type")).contains("video/mp4");
    HttpResponse<String> part = TestServer.send(server.request(path).header("Range", "bytes=4-9"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(TEXT.substring(4, 10));
    assertThat(server.get(path + "?form=danced").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsNotThereOrSomebodyElsesIsNotFound() throws Exception {
    write("clips/1.mp4", TEXT);
    String path = put("clips/1.mp4", "video/mp4", EvidenceState.COMPLETE);
    String gone = put("clips/2.mp4", "video/mp4", EvidenceState.COMPLETE);
    String wished = put("", "", EvidenceState.REQUESTED);
    String ofAnother = path.replace(event.toString(), UUID.randomUUID().toString());
    for (String missing : List.of(gone, wished, ofAnother, path + "x")) {
      assertThat(server.get(missing).statusCode()).as(missing).isEqualTo(404);
    }
    assertThat(TestServer.send(server.anonymous(path)).statusCode()).isEqualTo(401);
    assertThat(statusFor(OWN, path)).isEqualTo(200);
    assertThat(statusFor(UUID.randomUUID(), path)).isEqualTo(404);
  }

  @Test
  void whoMaySeeEventsMaySeeTheirFilesAndNobodyElse() throws Exception {
    write("clips/1.mp4", TEXT);
    String path = put("clips/1.mp4", "video/mp4", EvidenceState.COMPLETE);
    assertThat(statusFor(OWN, EnumSet.of(Action.VIEW_EVENTS), path)).isEqualTo(200);
    assertThat(statusFor(OWN, EnumSet.complementOf(EnumSet.of(Action.VIEW_EVENTS)), path))
        .isEqualTo(404);
  }

  /** Of a request by somebody who may do everything within one organization. */
  private int statusFor(UUID organization, String path) throws Exception {
    return statusFor(organization, EnumSet.allOf(Action.class), path);
  }

  private int statusFor(UUID organization, EnumSet<Action> actions, String path) throws Exception {
    Grant all = new Grant(actions, Resource.organization(organization));
    Principal somebody = new Principal("somebody", Principal.Kind.ADMINISTRATOR, List.of(all));
    Gate gate =
        new Gate(
            credential -> somebody,
            AccessPolicy.byGrants(),
            new FailedAuthentications(Duration.ofMillis(2), 1));
    EvidenceRoutes routes =
        new EvidenceRoutes(
            new EventTables(server.database()),
            new EventEvidence(server.database(), () -> {}),
            new EvidenceFiles(directory.toAbsolutePath().resolve("evidence")),
            server.fleet.audit());
    Json json = new Json();
    Javalin app =
        Javalin.create(
            javalin -> {
              new ProblemResponse(json).install(javalin.routes);
              routes.install(javalin.routes, TestServer.tools(gate, json));
            });
    try (HttpClient client = HttpClient.newHttpClient()) {
      app.start("127.0.0.1", 0);
      URI at = URI.create("http://127.0.0.1:" + app.port() + path);
      return client
          .send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofString())
          .statusCode();
    } finally {
      app.stop();
    }
  }
}
