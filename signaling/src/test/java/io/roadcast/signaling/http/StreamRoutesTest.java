package io.roadcast.signaling.http;

import static io.roadcast.signaling.Problems.assertProblem;
import static io.roadcast.signaling.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Quality;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamRoutesTest {
  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsAStreamWithEverythingThatIsKnown() {
    server.streams.publish("013912345678-1");
    HttpResponse<String> response = server.get("/api/v1/streams/13912345678-1");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode stream = json(response);
    assertThat(stream.path("id").asText()).isEqualTo("13912345678-1");
    assertThat(stream.path("terminal").asText()).isEqualTo("13912345678");
    assertThat(stream.path("channel").asInt()).isEqualTo(1);
    assertThat(stream.path("quality").asText()).isEqualTo("main");
    assertThat(stream.path("state").asText()).isEqualTo("live");
    assertThat(Instant.parse(stream.path("since").asText())).isBefore(Instant.now().plusMillis(1));
    assertThat(stream.path("uptime_ms").asLong()).isBetween(0L, 60_000L);
    assertThat(stream.path("source").toString())
        .isEqualTo(
            "{\"protocol\":\"jtt1078\",\"transport\":\"tcp\",\"remote\":\"192.0.2.7:40112\"}");
    assertThat(stream.path("video").path("codec").asText()).isEqualTo("H264");
    assertThat(stream.path("video").path("width").asInt()).isEqualTo(640);
    assertThat(stream.path("video").path("height").asInt()).isEqualTo(360);
    assertThat(stream.path("video").has("keyframe_interval_ms")).isTrue();
    assertThat(stream.path("audio").path("sample_rate").asInt()).isEqualTo(8000);
    assertThat(stream.path("viewers").asInt()).isZero();
    assertThat(stream.path("last_frame_at").asText()).endsWith("Z");
    assertThat(stream.path("uplink").path("lost_packets").asInt()).isEqualTo(2);
    assertThat(stream.path("uplink").path("timestamp_repairs").asInt()).isEqualTo(5);
  }

  @Test
  void leadingZerosOfTheTerminalAreOptional() {
    server.streams.publish("13912345678-1");
    JsonNode stream = json(server.get("/api/v1/streams/013912345678-1"));
    assertThat(stream.path("id").asText()).isEqualTo("13912345678-1");
  }

  @Test
  void leavesOutWhatIsNotKnownYet() {
    server.streams.announce("13912345678-1", Quality.SUB);
    JsonNode stream = json(server.get("/api/v1/streams/13912345678-1?quality=sub"));
    assertThat(stream.path("quality").asText()).isEqualTo("sub");
    assertThat(stream.has("video")).isFalse();
    assertThat(stream.has("audio")).isFalse();
    assertThat(stream.has("last_frame_at")).isFalse();
  }

  @Test
  void showsAnInterruptedStream() {
    Publication publication = server.streams.publish("13912345678-1");
    publication.close("connection lost");
    JsonNode stream = json(server.get("/api/v1/streams/13912345678-1"));
    assertThat(stream.path("state").asText()).isEqualTo("interrupted");
  }

  @Test
  void aStreamThatIsNoTerminalsHasNoChannel() {
    server.streams.publish("lobby");
    JsonNode stream = json(server.get("/api/v1/streams/lobby"));
    assertThat(stream.has("terminal")).isFalse();
    assertThat(stream.has("channel")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"999-1", "999-999", "%20", "1", "a%2Fb", "%00", "-1", "x%22%3E", "..%5C.."})
  void unknownAndImpossibleNamesAreNotFound(String id) {
    HttpResponse<String> response = server.get("/api/v1/streams/" + id);
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(response.body()).contains("\"code\"").doesNotContain("xception");
  }

  @Test
  void refusesAnUnknownQuality() {
    assertProblem(server.get("/api/v1/streams/1-1?quality=best"), 400, "INVALID_PARAMETER");
  }

  @Test
  void listsInPagesThatStayStableWhileStreamsComeAndGo() {
    for (int terminal = 100; terminal < 107; terminal++) {
      server.streams.publish(terminal + "-1");
    }
    server.streams.publish("103-1", Quality.SUB);
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = json(server.get("/api/v1/streams?limit=3&cursor=" + cursor));
      page.path("items")
          .forEach(
              each -> seen.add(each.path("id").asText() + "/" + each.path("quality").asText()));
      cursor = page.path("next").asText("");
      server.streams.publish("10-" + pages++);
    } while (!cursor.isEmpty());
    assertThat(seen)
        .containsExactly(
            "100-1/main",
            "101-1/main",
            "102-1/main",
            "103-1/main",
            "103-1/sub",
            "104-1/main",
            "105-1/main",
            "106-1/main");
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void theLastPageHasNoCursor() {
    server.streams.publish("100-1");
    JsonNode page = json(server.get("/api/v1/streams?limit=1"));
    assertThat(page.path("items")).hasSize(1);
    assertThat(page.has("next")).isFalse();
    assertThat(json(server.get("/api/v1/streams?limit=1&cursor=")).path("items")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=ten",
        "limit=99999999999",
        "cursor=!!!",
        "cursor=AAAA",
        "cursor=bWFpbg",
        "cursor=bWFpbi8"
      })
  void refusesMalformedParameters(String query) {
    assertProblem(server.get("/api/v1/streams?" + query), 400, "INVALID_PARAMETER");
  }
}
