package io.roadcast.signaling.http;

import static io.roadcast.signaling.Problems.assertProblem;
import static io.roadcast.signaling.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.signaling.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class ViewerRoutesTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  @TempDir Path directory;
  private final Logger audit = (Logger) LoggerFactory.getLogger("audit");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    lines.start();
    audit.addAppender(lines);
    server = new TestServer(directory, TestServer.Options.tokens());
    server.streams.publish("139-1");
    server.streams.publish("139-2");
  }

  @AfterEach
  void stop() {
    audit.detachAppender(lines);
    server.close();
  }

  @Test
  void listsWhoWatches() {
    String viewer = watch();
    JsonNode list = json(server.get("/api/v1/streams/139-1/viewers"));
    assertThat(list.path("items")).hasSize(1);
    JsonNode item = list.path("items").get(0);
    assertThat(item.path("id").asText()).isEqualTo(viewer);
    assertThat(item.toString())
        .contains("\"state\":\"connected\"")
        .contains("\"since\":\"2026-01-01T00:00:00.123Z\"")
        .contains("\"round_trip_ms\":12")
        .contains("\"loss\":0.01")
        .contains("\"bit_rate\":168000")
        .contains("\"path\":{\"transport\":\"udp\",\"remote\":\"192.0.2.7:50000\"}")
        .contains("\"dropped_frames\":0");
    assertThat(json(server.get("/api/v1/streams/139-2/viewers")).path("items")).isEmpty();
    assertProblem(server.get("/api/v1/streams/139-3/viewers"), 404, "STREAM_NOT_FOUND");
  }

  @Test
  void viewingsThatAreOverAreKnownForAWhile() {
    String first = watch();
    String second = watch();
    server.delete("/api/v1/viewers/" + first);
    server.delete("/api/v1/viewers/" + second);
    JsonNode page = json(server.get("/api/v1/streams/139-1/viewings?limit=1"));
    assertThat(page.path("items")).hasSize(1);
    JsonNode latest = page.path("items").get(0);
    assertThat(latest.path("id").asText()).isEqualTo(second);
    assertThat(latest.path("end").asText()).isEqualTo("left");
    assertThat(latest.path("mean_loss").asDouble()).isEqualTo(0.02);
    assertThat(latest.path("ended_at").asText()).isNotEmpty();
    String next = page.path("next").asText();
    JsonNode rest = json(server.get("/api/v1/streams/139-1/viewings?cursor=" + next));
    assertThat(rest.path("items").get(0).path("id").asText()).isEqualTo(first);
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.has("next")).isFalse();
    assertThat(json(server.get("/api/v1/streams/139-2/viewings")).path("items")).isEmpty();
    assertProblem(server.get("/api/v1/streams/139-1/viewings?cursor=$"), 400, "INVALID_PARAMETER");
  }

  @Test
  void kicksAndSaysSoInTheAuditLog() {
    String viewer = watch();
    assertThat(server.delete("/api/v1/viewers/" + viewer).statusCode()).isEqualTo(204);
    assertProblem(server.delete("/api/v1/viewers/" + viewer), 404, "VIEWER_NOT_FOUND");
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo(
            "viewer_kicked by=administrator from=127.0.0.1 viewer=" + viewer + " stream=139-1");
  }

  @Test
  void kicksFromTheNamedStreamOnly() {
    String viewer = watch();
    assertProblem(
        server.delete("/api/v1/streams/139-2/viewers/" + viewer), 404, "VIEWER_NOT_FOUND");
    assertThat(server.delete("/api/v1/streams/139-1/viewers/" + viewer).statusCode())
        .isEqualTo(204);
  }

  @Test
  void unknownViewersAreNotFound() {
    assertProblem(server.delete("/api/v1/viewers/" + NOBODY), 404, "VIEWER_NOT_FOUND");
    assertProblem(server.delete("/api/v1/viewers/everybody"), 404, "VIEWER_NOT_FOUND");
  }

  @Test
  void makingATokenIsAuditedWithoutTheToken() {
    String body = "{\"stream\":\"139-1\",\"expires_in_s\":60}";
    JsonNode made = json(server.post("/api/v1/tokens", "application/json", body));
    String line = lines.list.getFirst().getFormattedMessage();
    assertThat(line)
        .startsWith("token_created by=administrator from=127.0.0.1 token=")
        .contains(made.path("id").asText())
        .doesNotContain(made.path("token").asText());
  }

  private String watch() {
    String location =
        server
            .post("/whep/139-1", "application/sdp", "v=0\r\n")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
