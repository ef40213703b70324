package io.roadcast.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.HandlerType;
import io.roadcast.jtt.live.ChannelPhase;
import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.ViewerNotices;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The document says what the server does, and the server does what the document says. */
@Timeout(60)
class ApiDescriptionTest {
  private static final ChannelStatus STATUS =
      new ChannelStatus(
          ChannelPhase.REQUESTED,
          2,
          false,
          new ChannelStatus.Failure(Code.NO_MEDIA, Instant.parse("2026-11-21T09:00:00Z")));

  @TempDir Path directory;
  private final ApiDescription description = new ApiDescription();
  private TestServer server;

  ApiDescriptionTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> registered = new TreeSet<>();
    server.server.app().unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .forEach(endpoint -> registered.add(endpoint.method.name() + " " + endpoint.path));
    server.server.app().unsafe.internalRouter.allWsHandlers().stream()
        .map(handler -> HandlerType.GET.name() + " " + handler.getPath())
        .forEach(registered::add);
    assertThat(registered).isEqualTo(description.operations());
  }

  @Test
  void servesTheDocument() {
    HttpResponse<String> response = server.get("/openapi.yaml");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("openapi: 3.1");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode reference : description.root().findValues("$ref")) {
      String pointer = reference.asText();
      assertThat(pointer).startsWith("#/");
      assertThat(description.root().at(pointer.substring(1)).isMissingNode()).as(pointer).isFalse();
    }
  }

  @Test
  void namesEveryCodeAndNotice() {
    assertThat(description.root().at("/components/schemas/Problem/properties/code/enum"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    assertThat(
            description.root().at("/components/schemas/ViewerNoticeMessage/properties/notice/enum"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            Arrays.stream(ViewerNotices.Notice.values()).map(ViewerNotices.Notice::label).toList());
  }

  @Test
  void everyOperationHasAnIdAndASummary() {
    Set<String> ids = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : description.root().path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        if (operation.isObject()) {
          assertThat(operation.path("summary").asText()).as(path.getKey()).isNotEmpty();
          assertThat(ids.add(operation.path("operationId").asText())).as(path.getKey()).isTrue();
        }
      }
    }
    assertThat(ids).hasSameSizeAs(description.operations());
  }

  @Test
  void answersAreAsDescribed() {
    server.streams.publish("139-1");
    server.streams.publish("lobby");
    String session =
        server
            .post("/whep/139-1", "application/sdp", "v=0\r\n")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    check(server.get("/api/v1/streams?limit=1"), 200, "StreamPage");
    check(server.get("/api/v1/streams/139-1"), 200, "Stream");
    check(server.get("/api/v1/streams/lobby"), 200, "Stream");
    check(server.get("/api/v1/streams/139-1/viewers"), 200, "ViewerList");
    String playback =
        "/api/v1/viewers/" + session.substring(session.lastIndexOf('/') + 1) + "/playback";
    check(server.get(playback), 200, "Playback");
    check(server.post(playback, "application/json", "{\"action\":\"pause\"}"), 200, "Playback");
    check(server.get(playback + "?from=2026-01-31T12:00:00Z"), 400, "Problem");
    check(server.post("/whep/139-1?start=-30", "application/sdp", "v=0\r\n"), 404, "Problem");
    check(server.get("/api/v1/sources"), 200, "RemoteStreams");
    String wish = "{\"stream\":\"139-1\",\"expires_in_s\":60}";
    check(server.post("/api/v1/tokens", "application/json", wish), 201, "Token");
    check(server.get("/healthz"), 200, "Health");
    server.healthy = false;
    check(server.get("/readyz"), 503, "Health");
    check(server.get("/api/v1/streams/no-1"), 404, "Problem");
    check(server.post("/whep/139-1", "application/sdp", "v=0\r\na=mistake"), 500, "Problem");
    check(server.delete(session + "0"), 404, "Problem");
  }

  @Test
  void pushesAreAsDescribed() {
    server.streams.publish("139-1");
    String session =
        server
            .post("/whep/139-1", "application/sdp", "v=0\r\n")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    String viewer = session.substring(session.lastIndexOf('/') + 1);
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      description.assertMatches(socket.next(), "HelloMessage");
      server.streams.publish("139-2");
      description.assertMatches(socket.nextOf("stream.started"), "StreamMessage");
      server.server.channelChanged(StreamId.parse("139-3", Quality.SUB), STATUS);
      description.assertMatches(socket.nextOf("channel.changed"), "ChannelMessage");
      socket.say("{\"type\":\"viewer.follow\",\"viewer\":\"" + viewer + "\"}");
      socket.say("{}");
      description.assertMatches(socket.nextOf("error"), "ErrorMessage");
      server.viewers.tell(UUID.fromString(viewer), ViewerNotices.Notice.STREAM_RESUMED);
      description.assertMatches(socket.nextOf("viewer.notice"), "ViewerNoticeMessage");
      socket.say(
          "{\"type\":\"viewer.playback\",\"action\":\"seek\",\"back_s\":5,\"viewer\":\""
              + viewer
              + "\"}");
      description.assertMatches(socket.nextOf("viewer.playback"), "Playback");
    }
  }

  private void check(HttpResponse<String> response, int status, String schema) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    description.assertMatches(TestServer.json(response), schema);
  }
}
