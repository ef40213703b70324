package io.roadcast.signaling.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.signaling.ApiDescription;
import io.roadcast.signaling.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings over the API, on a real PostgreSQL. */
@Timeout(180)
class RecordingApiTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final String RANGE =
      "/api/v1/recordings/range.mp4?stream=139-1&from=2026-01-31T12:00:00.5Z&to=2026-01-31T12:00:02Z";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;
  private Segment segment;
  private byte[] file;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    assertThat(server.database().awaitReady(Duration.ofSeconds(60))).isTrue();
    RecordedFile written = RecordedFile.write(directory, "139-1", Owner.nobody(), START);
    segment = written.segment();
    file = written.bytes();
    new RecordingCatalog(database.database()).put(List.of(segment));
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void listsAndShowsWhatIsRecorded() throws Exception {
    ApiDescription description = new ApiDescription();
    HttpResponse<String> list =
        server.get("/api/v1/recordings?stream=139-1&to=2026-02-01T00:00:00Z&limit=1");
    assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
    description.assertMatches(TestServer.json(list), "RecordingPage");
    JsonNode item = TestServer.json(list).path("items").path(0);
    assertThat(item.path("id").asText()).isEqualTo(segment.id().toString());
    assertThat(item.path("frame_rate").asDouble()).isEqualTo(10);
    HttpResponse<String> shown = server.get("/api/v1/recordings/" + segment.id());
    description.assertMatches(TestServer.json(shown), "Recording");
    assertThat(TestServer.json(server.get("/api/v1/recordings")).path("items")).isEmpty();
    assertThat(server.get("/api/v1/recordings/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/recordings?stream=..%2F..").statusCode()).isEqualTo(400);
  }

  @Test
  void givesRangesOfTimeAndOfBytes() throws Exception {
    HttpResponse<byte[]> whole = bytes(RANGE, "");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("X-Roadcast-Start-Offset-Ms")).contains("500");
    assertThat(whole.headers().firstValueAsLong("Content-Length")).hasValue(whole.body().length);
    HttpResponse<byte[]> part = bytes(RANGE, "bytes=100-599");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 100, 600));
    String path = "/api/v1/recordings/" + segment.id() + "/file";
    assertThat(bytes(path, "").body()).isEqualTo(file);
    assertThat(bytes(path, "bytes=-50").body())
        .isEqualTo(Arrays.copyOfRange(file, file.length - 50, file.length));
    assertThat(bytes(path, "bytes=" + file.length + "-").statusCode()).isEqualTo(416);
    JsonNode audit = TestServer.json(server.get("/api/v1/audit"));
    assertThat(audit.path("items").findValuesAsText("action")).contains("recording.download");
  }

  @Test
  void aPlaylistNeedsNoTokenForItsFiles() throws Exception {
    HttpResponse<String> list = server.get(RANGE.replace(".mp4", ".m3u8"));
    assertThat(list.statusCode()).isEqualTo(200);
    String map = list.body().replaceFirst("(?s).*MAP:URI=\"([^\"]+)\".*", "$1");
    String part =
        list.body().lines().filter(line -> line.startsWith("/api")).findFirst().orElseThrow();
    for (String address : List.of(map, part)) {
      HttpResponse<byte[]> got =
          CLIENT.send(server.anonymous(address).build(), BodyHandlers.ofByteArray());
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.headers().firstValue("Cache-Control").orElseThrow())
          .matches("public, max-age=4[0-9]{4}, immutable");
      assertThat(status(address.replaceFirst("signature=.*", "")))
          .as("without signature")
          .isEqualTo(401);
    }
    assertThat(status(part.replace(segment.id().toString(), UUID.randomUUID().toString())))
        .isEqualTo(403);
    assertThat(status(part.replaceFirst("end=[0-9]+", "end=99"))).isEqualTo(403);
    assertThat(status(part.replaceFirst("base=[0-9]+", "base=1"))).isEqualTo(403);
    assertThat(status(part.replaceFirst("expires=[0-9]+", "expires=99999999999"))).isEqualTo(403);
    assertThat(status(part.replace("part.m4s", "init.mp4"))).isEqualTo(403);
    assertThat(server.get(part.replaceFirst("&expires.*", "")).statusCode()).isEqualTo(403);
  }

  @Test
  void severalStreamsAsAnArchive() throws Exception {
    String wanted =
        "{\"streams\":[{\"stream\":\"139-1\"},{\"stream\":\"139-2\"}],"
            + "\"from\":\"2026-01-31T12:00:00.5Z\",\"to\":\"2026-01-31T12:00:02Z\"}";
    String path = "/api/v1/recordings/exports";
    HttpResponse<String> made = server.post(path, "application/json", wanted);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    new ApiDescription().assertMatches(TestServer.json(made), "RecordingExport");
    String url = TestServer.json(made).path("url").asText();
    byte[] archive = CLIENT.send(server.anonymous(url).build(), BodyHandlers.ofByteArray()).body();
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        files.put(each.getName(), zip.readAllBytes());
      }
    }
    assertThat(files).containsOnlyKeys("139-1-20260131T120000Z.mp4", "manifest.json");
    byte[] recording = Objects.requireNonNull(files.get("139-1-20260131T120000Z.mp4"));
    assertThat(recording).isEqualTo(bytes(RANGE, "").body());
    JsonNode listed = new ObjectMapper().readTree(files.get("manifest.json")).at("/files/0");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(recording);
    assertThat(listed.path("sha256").asText()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(listed.path("start_offset_ms").asLong()).isEqualTo(500);
    String own = path + "/" + TestServer.json(made).path("id").asText();
    await().atMost(Duration.ofSeconds(30)).until(() -> server.get(own).body().contains("complete"));
    assertThat(TestServer.json(server.get(own)).path("sent_bytes").asLong())
        .isEqualTo(recording.length);
    assertThat(status(url.replaceFirst("expires=[0-9]+", "expires=99999999999"))).isEqualTo(403);
    assertThat(status(url.replaceFirst("\\?.*", ""))).isEqualTo(401);
    assertThat(status(own)).isEqualTo(401);
    for (String bad :
        List.of("{}", wanted.replace("139-1", "../1"), wanted.replace("139-1", "*"))) {
      assertThat(server.post(path, "application/json", bad).statusCode()).as(bad).isEqualTo(400);
    }
    JsonNode audit = TestServer.json(server.get("/api/v1/audit"));
    assertThat(audit.path("items").findValuesAsText("action"))
        .contains("recording.export", "recording.download");
  }

  @Test
  void smallPicturesForScrubbing() throws Exception {
    String time = "stream=139-1&from=2026-01-31T12:00:00Z&to=2026-01-31T13:00:00Z";
    HttpResponse<String> cues = server.get("/api/v1/recordings/thumbnails.vtt?" + time);
    assertThat(cues.statusCode()).as(cues.body()).isEqualTo(200);
    assertThat(cues.body()).startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n/api/v1/rec");
    String address = cues.body().lines().toList().get(3);
    assertThat(address).endsWith("#xywh=0,0,160,120");
    String sheet = address.replaceFirst("#.*", "");
    HttpResponse<byte[]> got =
        CLIENT.send(server.anonymous(sheet).build(), BodyHandlers.ofByteArray());
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().firstValue("Cache-Control").orElseThrow()).endsWith("immutable");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(got.body()));
    assertThat(picture.getWidth()).isEqualTo(6 * 160);
    assertThat(picture.getHeight()).isEqualTo(120);
    assertThat(status(sheet.replace("tiles=1", "tiles=2"))).isEqualTo(403);
    assertThat(status(sheet.replaceFirst("&expires.*", ""))).isEqualTo(401);
    String single = "/api/v1/recordings/" + segment.id() + "/thumbnail.jpg";
    HttpResponse<byte[]> one = bytes(single + "?at=2026-01-31T12:00:01Z", "");
    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(ImageIO.read(new ByteArrayInputStream(one.body())).getWidth()).isEqualTo(320);
    assertThat(status(single)).isEqualTo(401);
  }

  @Test
  void aTimelineAndItsDays() throws Exception {
    ApiDescription description = new ApiDescription();
    String time = "stream=139-1&from=2026-01-31T00:00:00Z&to=2026-02-01T00:00:00Z";
    HttpResponse<String> line = server.get("/api/v1/recordings/timeline?" + time);
    assertThat(line.statusCode()).as(line.body()).isEqualTo(200);
    description.assertMatches(TestServer.json(line), "RecordingTimeline");
    JsonNode span = TestServer.json(line).at("/lines/0/spans/0");
    assertThat(span.path("source").asText()).isEqualTo("server");
    assertThat(span.path("to").asText()).isEqualTo("2026-01-31T12:00:02Z");
    HttpResponse<String> days = server.get("/api/v1/recordings/days?zone=Asia%2FShanghai&" + time);
    assertThat(days.statusCode()).as(days.body()).isEqualTo(200);
    description.assertMatches(TestServer.json(days), "RecordingDays");
    assertThat(TestServer.json(days).at("/items/0/day").asText()).isEqualTo("2026-01-31");
    for (String bad :
        List.of(
            "timeline",
            "timeline?stream=..%2F..",
            "timeline?stream=*",
            "timeline?vehicle=1",
            "timeline?stream=139-1&from=2020-01-01T00:00:00Z",
            "days?zone=Mars&" + time)) {
      assertThat(server.get("/api/v1/recordings/" + bad).statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(status("/api/v1/recordings/timeline?" + time)).isEqualTo(401);
  }

  @Test
  void aLinkIsGoodForWhatItWasMadeForOnly() throws Exception {
    String wanted =
        "{\"stream\":\"139-1\",\"from\":\"2026-01-31T12:00:00Z\","
            + "\"to\":\"2026-01-31T12:00:01Z\",\"expires_in_s\":60}";
    HttpResponse<String> made = server.post("/api/v1/recordings/links", "application/json", wanted);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String url = TestServer.json(made).path("url").asText();
    assertThat(status(url)).isEqualTo(200);
    assertThat(status(url.replace("139-1", "140-1"))).isEqualTo(403);
    assertThat(status(url.replace("12:00:01", "12:00:02"))).isEqualTo(403);
    assertThat(status(url.replace("range.mp4", "range.m3u8"))).isEqualTo(401);
    assertThat(status(url.replaceFirst("expires=[0-9]+", "expires=99999999999"))).isEqualTo(403);
    assertThat(status(url + "&stream=140-1")).isEqualTo(403);
    assertThat(url).contains("&organization=none&");
    assertThat(status(url.replace("organization=none", "organization=" + UUID.randomUUID())))
        .isEqualTo(403);
    assertThat(status(RANGE)).isEqualTo(401);
    assertThat(status("/api/v1/recordings/" + segment.id() + "/file")).isEqualTo(401);
  }

  /** No route takes a name that leads elsewhere, or one that stands for several. */
  @Test
  void namesThatLeadElsewhereAreRefused() throws Exception {
    String time = "&from=2026-01-31T12:00:00Z&to=2026-01-31T12:00:02Z";
    for (String name :
        List.of("..%2F..%2F139-1", "%2E%2E", "*", "139-*", "%25", "139_1", "139-1%00")) {
      for (String route :
          List.of("", "/range.mp4", "/range.m3u8", "/timeline", "/days", "/thumbnails.vtt")) {
        String path = "/api/v1/recordings" + route + "?stream=" + name + time;
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(segment.id().toString());
      }
      for (String route : List.of("", "/file", "/thumbnail.jpg", "/init.mp4", "/part.m4s")) {
        String path = "/api/v1/recordings/" + name + route;
        assertThat(server.get(path).statusCode()).as(path).isBetween(400, 499);
        assertThat(status(path)).as(path).isBetween(400, 499);
      }
      assertThat(server.put("/api/v1/recordings/" + name + "/hold", "").statusCode())
          .as(name)
          .isBetween(400, 499);
      assertThat(server.delete("/api/v1/recordings/" + name).statusCode())
          .as(name)
          .isBetween(400, 499);
      assertThat(
              server
                  .put("/api/v1/recording-policies/channel/" + name, "{\"mode\":\"never\"}")
                  .statusCode())
          .as(name)
          .isBetween(400, 499);
      assertThat(server.get("/api/v1/streams/" + name + "/recording").statusCode())
          .as(name)
          .isBetween(400, 499);
    }
    String wanted =
        "{\"stream\":\"%s\",\"from\":\"2026-01-31T12:00:00Z\",\"to\":\"2026-01-31T12:00:01Z\",\"expires_in_s\":60}";
    for (String name : List.of("../../139-1", "*", "139-*", "%")) {
      assertThat(
              server
                  .post("/api/v1/recordings/links", "application/json", wanted.formatted(name))
                  .statusCode())
          .as(name)
          .isEqualTo(400);
    }
    assertThat(new RecordingCatalog(database.database()).find(segment.id())).contains(segment);
  }

  @Test
  void whatIsHeldIsNotDeleted() {
    String path = "/api/v1/recordings/" + segment.id();
    assertThat(server.put(path + "/hold", "").statusCode()).isEqualTo(204);
    assertThat(server.delete(path).statusCode()).isEqualTo(409);
    assertThat(server.delete(path + "/hold").statusCode()).isEqualTo(204);
    assertThat(server.delete(path).statusCode()).isEqualTo(204);
    assertThat(server.get(path).statusCode()).isEqualTo(404);
    assertThat(directory.resolve("recordings").resolve(segment.place())).doesNotExist();
  }

  @Test
  void nothingIsDeletedWhileThatIsSuspended() throws Exception {
    String path = "/api/v1/recording-deletion";
    String recording = "/api/v1/recordings/" + segment.id();
    ApiDescription description = new ApiDescription();
    HttpResponse<String> before = server.get(path);
    description.assertMatches(TestServer.json(before), "RecordingDeletion");
    assertThat(TestServer.json(before).path("suspended").asBoolean()).isFalse();
    HttpResponse<String> suspended = server.put(path, "{\"suspended\":true}");
    assertThat(suspended.statusCode()).as(suspended.body()).isEqualTo(200);
    description.assertMatches(TestServer.json(suspended), "RecordingDeletion");
    JsonNode state = TestServer.json(server.get(path));
    assertThat(state.path("suspended").asBoolean()).isTrue();
    assertThat(state.path("reason").asText()).isNotEmpty();
    assertThat(Instant.parse(state.path("since").asText())).isBefore(Instant.now().plusSeconds(5));
    assertThat(server.put(path, "{\"suspended\":true}").statusCode()).as("again").isEqualTo(200);
    assertThat(TestServer.json(server.get(path))).isEqualTo(state);
    HttpResponse<String> refused = server.delete(recording);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(TestServer.json(refused).path("code").asText()).isEqualTo("RECORDING_PROTECTED");
    for (String bad : List.of("{}", "{\"suspended\":\"perhaps\"}", "[]", "")) {
      assertThat(server.put(path, bad).statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(server.put(path, "{\"suspended\":false}").statusCode()).isEqualTo(200);
    assertThat(server.delete(recording).statusCode()).isEqualTo(204);
    assertThat(status(path)).isEqualTo(401);
    JsonNode audit = TestServer.json(server.get("/api/v1/audit"));
    assertThat(audit.path("items").findValuesAsText("action"))
        .contains("recording-deletion.suspend", "recording-deletion.resume");
  }

  @Test
  void aStoreThatIsAwayIsToldAndNothingOfTheFilePromised() throws Exception {
    String file = "/api/v1/recordings/" + segment.id() + "/file";
    String part =
        server
            .get(RANGE.replace(".mp4", ".m3u8"))
            .body()
            .lines()
            .filter(line -> line.startsWith("/api"))
            .findFirst()
            .orElseThrow();
    String still = "/api/v1/recordings/" + segment.id() + "/thumbnail.jpg";
    List<String> all = List.of(file, RANGE, RANGE + "&exact=true", still, part);
    server.segments.fragmentsAway = true;
    for (String path : all) {
      assertAway(path, "");
    }
    assertAway(RANGE, "bytes=700-");
    assertAway(file, "bytes=0-");
    server.segments.fragmentsAway = false;
    server.segments.sidecarsAway = true;
    for (String path : all) {
      assertAway(path, "");
    }
    server.segments.sidecarsAway = false;
    assertThat(bytes(file, "").body()).isEqualTo(this.file);
    server.segments.direct = "http://store.example/segment.mp4?signature=x";
    HttpResponse<byte[]> elsewhere = bytes(file, "");
    assertThat(elsewhere.statusCode()).isEqualTo(307);
    assertThat(elsewhere.headers().firstValue("Location")).contains(server.segments.direct);
    assertThat(elsewhere.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private void assertAway(String path, String range) throws Exception {
    HttpResponse<byte[]> answer = bytes(path, range);
    assertThat(answer.statusCode()).as(path).isEqualTo(503);
    assertThat(new ObjectMapper().readTree(answer.body()).path("code").asText())
        .as(path)
        .isEqualTo("STORAGE_UNAVAILABLE");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Disposition")).as(path).isEmpty();
    assertThat(answer.headers().firstValue("Content-Range")).as(path).isEmpty();
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("immutable");
  }

  @Test
  void aRangeBeginsWithTheVeryPictureWhereThatIsWanted() throws Exception {
    HttpResponse<byte[]> exact = bytes(RANGE + "&exact=true", "");
    assertThat(exact.statusCode()).isEqualTo(200);
    assertThat(exact.headers().firstValue("X-Roadcast-Start-Offset-Ms")).contains("0");
    assertThat(exact.body()).isNotEqualTo(bytes(RANGE, "").body());
    assertThat(bytes(RANGE + "&exact=true", "bytes=100-999").body())
        .isEqualTo(Arrays.copyOfRange(exact.body(), 100, 1000));
    assertThat(bytes(RANGE + "&exact=false", "").body()).isEqualTo(bytes(RANGE, "").body());
    assertThat(bytes(RANGE + "&exact=perhaps", "").statusCode()).isEqualTo(400);
    String wanted =
        "{\"stream\":\"139-1\",\"from\":\"2026-01-31T12:00:00.5Z\","
            + "\"to\":\"2026-01-31T12:00:02Z\",\"exact\":true,\"expires_in_s\":60}";
    String url =
        TestServer.json(server.post("/api/v1/recordings/links", "application/json", wanted))
            .path("url")
            .asText();
    HttpResponse<byte[]> linked =
        CLIENT.send(server.anonymous(url).build(), BodyHandlers.ofByteArray());
    assertThat(linked.body()).isEqualTo(exact.body());
    assertThat(status(url.replace("exact=true", "exact=false"))).isEqualTo(403);
  }

  @Test
  void policiesAreMadeAndRemoved() throws Exception {
    String organization = server.fleet.organizations().ofNobodyElse().toString();
    String path = "/api/v1/recording-policies/organization/" + organization;
    HttpResponse<String> made = server.put(path, "{\"mode\":\"never\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    ApiDescription description = new ApiDescription();
    description.assertMatches(TestServer.json(made), "RecordingPolicy");
    String schedule =
        "{\"mode\":\"schedule\",\"schedule\":{\"days\":[\"mon\",\"fri\"],"
            + "\"from\":\"08:00\",\"to\":\"18:30\",\"zone\":\"Asia/Shanghai\"}}";
    HttpResponse<String> changed = server.put(path, schedule);
    description.assertMatches(TestServer.json(changed), "RecordingPolicy");
    HttpResponse<String> list = server.get("/api/v1/recording-policies");
    description.assertMatches(TestServer.json(list), "RecordingPolicyList");
    assertThat(TestServer.json(list).at("/items/0/schedule/to").asText()).isEqualTo("18:30");
    for (String bad :
        List.of(
            "{}",
            "{\"mode\":\"often\"}",
            "{\"mode\":\"schedule\"}",
            schedule.replace("mon", "moon"),
            schedule.replace("18:30", "25:00"))) {
      assertThat(server.put(path, bad).statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(server.put(path.replace("organization", "planet"), schedule).statusCode())
        .isEqualTo(404);
    assertThat(server.delete(path).statusCode()).isEqualTo(204);
    assertThat(server.delete(path).statusCode()).isEqualTo(404);
  }

  @Test
  void aRecordingIsStartedAndStopped() throws Exception {
    String path = "/api/v1/streams/139-1/recording";
    HttpResponse<String> before = server.get(path);
    new ApiDescription().assertMatches(TestServer.json(before), "StreamRecording");
    assertThat(TestServer.json(before).has("started_until")).isFalse();
    HttpResponse<String> started = server.put(path, "{\"pre_roll_s\":30,\"duration_s\":60}");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    assertThat(TestServer.json(started).path("started_until").asText()).isNotEmpty();
    assertThat(server.put(path, "{\"duration_s\":0}").statusCode()).isEqualTo(400);
    assertThat(server.delete(path).statusCode()).isEqualTo(204);
    assertThat(TestServer.json(server.get(path)).has("started_until")).isFalse();
  }

  private int status(String path) throws Exception {
    return CLIENT.send(server.anonymous(path).build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpResponse<byte[]> bytes(String path, String range) throws Exception {
    var request = server.request(path);
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }
}
