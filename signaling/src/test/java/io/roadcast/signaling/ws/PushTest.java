package io.roadcast.signaling.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Quality;
import io.roadcast.signaling.RawHttp;
import io.roadcast.signaling.TestServer;
import io.roadcast.signaling.TestSocket;
import io.roadcast.signaling.TestStreams;
import io.roadcast.signaling.http.ViewerNotices;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PushTest {
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
  void greetsWithTheStreamsThatAreLive() {
    server.streams.publish("139-1");
    server.streams.publish("139-1", Quality.SUB);
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      JsonNode hello = socket.next();
      assertThat(hello.path("type").asText()).isEqualTo("hello");
      assertThat(hello.path("server").asText()).isEqualTo("roadcast");
      assertThat(hello.path("version").asText()).isEqualTo("1.2.3");
      assertThat(hello.path("streams").findValuesAsText("quality")).containsExactly("main", "sub");
      assertThat(hello.path("more").asBoolean()).isFalse();
    }
  }

  @Test
  void tellsALongListInPages() {
    for (int terminal = 0; terminal < 1100; terminal++) {
      server.streams.announce((1000 + terminal) + "-1", Quality.MAIN);
    }
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      List<String> ids = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      JsonNode page;
      do {
        page = socket.next();
        ids.addAll(page.path("streams").findValuesAsText("id"));
        sizes.add(page.path("streams").size());
        assertThat(page.path("type").asText())
            .isEqualTo(sizes.size() == 1 ? "hello" : "hello.more");
      } while (page.path("more").asBoolean());
      assertThat(sizes).containsExactly(500, 500, 100);
      assertThat(ids).doesNotHaveDuplicates().hasSize(1100);
    }
  }

  @Test
  void tellsWhatBecomesOfAStreamInOrder() {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      Publication publication = server.streams.announce("139-1", Quality.MAIN);
      assertThat(socket.nextOf("stream.started").path("stream").has("video")).isFalse();
      TestStreams.feed(publication);
      assertThat(
              socket.nextOf("stream.changed").path("stream").path("video").path("codec").asText())
          .isEqualTo("H264");
      publication.close("connection lost");
      JsonNode interrupted = socket.nextOf("stream.interrupted").path("stream");
      assertThat(interrupted.path("state").asText()).isEqualTo("interrupted");
      server.streams.announce("139-1", Quality.MAIN);
      assertThat(socket.nextOf("stream.resumed").path("stream").path("state").asText())
          .isEqualTo("live");
      server.streams.router().close();
      JsonNode stopped = socket.nextOf("stream.stopped").path("stream");
      assertThat(stopped.path("id").asText()).isEqualTo("139-1");
      assertThat(stopped.path("state").asText()).isEqualTo("ended");
    }
  }

  @Test
  void tellsWhenViewersComeAndGo() {
    server.streams.publish("139-1");
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      assertThat(server.post("/whep/139-1", "application/sdp", "v=0\r\n").statusCode())
          .isEqualTo(201);
      socket.await(
          message ->
              message.path("type").asText().equals("stream.changed")
                  && message.path("stream").path("viewers").asInt() == 1);
    }
  }

  @Test
  void aViewerLooksAwayAndLooksAgain() {
    server.streams.publish("139-1");
    String viewer = watch("139-1");
    java.util.UUID id = java.util.UUID.fromString(viewer);
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say("{\"type\":\"viewer.pause\",\"viewer\":\"" + viewer + "\"}");
      await().until(() -> server.viewers.paused.contains(id));
      socket.say("{\"type\":\"viewer.resume\",\"viewer\":\"" + viewer + "\"}");
      await().until(() -> server.viewers.paused.isEmpty());
    }
  }

  @Test
  void whatAPlayerTellsOfItsPictureStandsWithTheViewer() {
    server.streams.publish("139-1");
    String viewer = watch("139-1");
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say(
          "{\"type\":\"viewer.figures\",\"viewers\":[{\"viewer\":\"%s\",\"figures\":"
                  .formatted(viewer)
              + "{\"first_frame_ms\":112.5,\"frame_rate\":25,\"freezes\":1,\"jitter_buffer_ms\":30}}]}");
      socket.say("{\"type\":\"viewer.figures\",\"viewers\":[{\"viewer\":\"x\"}]}");
      assertThat(socket.nextOf("error").path("code").asText()).isEqualTo("MESSAGE_INVALID");
    }
    JsonNode item =
        TestServer.json(server.get("/api/v1/streams/139-1/viewers")).path("items").path(0);
    JsonNode player = item.path("player");
    assertThat(item.path("glass_to_glass_ms").asInt()).isEqualTo(150 + 12 / 2 + 30);
    assertThat(player.path("first_frame_ms").asDouble()).isEqualTo(112.5);
    assertThat(player.path("freezes").asInt()).isEqualTo(1);
  }

  @Test
  void aFollowerIsToldWhatHappensToTheViewing() {
    server.streams.publish("139-1");
    String viewer = watch("139-1");
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say("{\"type\":\"viewer.follow\",\"viewer\":\"" + viewer + "\"}");
      // The follow and the notices go through one queue, but the notice must not overtake it.
      socket.say("{\"type\":\"unknown\"}");
      socket.nextOf("error");
      server.viewers.tell(
          java.util.UUID.fromString(viewer), ViewerNotices.Notice.STREAM_INTERRUPTED);
      JsonNode notice = socket.nextOf("viewer.notice");
      assertThat(notice.path("viewer").asText()).isEqualTo(viewer);
      assertThat(notice.path("notice").asText()).isEqualTo("stream_interrupted");
      assertThat(server.delete("/api/v1/viewers/" + viewer).statusCode()).isEqualTo(204);
      assertThat(socket.nextOf("viewer.notice").path("notice").asText()).isEqualTo("kicked");
    }
  }

  @Test
  void whoFollowsDuringAnInterruptionIsToldAtOnce() {
    Publication publication = server.streams.publish("139-1");
    String viewer = watch("139-1");
    publication.close("connection lost");
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say("{\"type\":\"viewer.follow\",\"viewer\":\"" + viewer + "\"}");
      assertThat(socket.nextOf("viewer.notice").path("notice").asText())
          .isEqualTo("stream_interrupted");
    }
  }

  @Test
  void tellsFollowersAndClosesWhenTheServerStops() {
    server.streams.publish("139-1");
    String viewer = watch("139-1");
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say("{\"type\":\"viewer.follow\",\"viewer\":\"" + viewer + "\"}");
      socket.say("{}");
      socket.nextOf("error");
      server.server.close();
      assertThat(socket.nextOf("viewer.notice").path("notice").asText())
          .isEqualTo("server_stopping");
      assertThat(socket.closeCode()).isEqualTo(1001);
    }
  }

  @Test
  void aGuestHearsOfItsOwnStreamOnly() {
    server.streams.publish("139-2");
    String token = streamToken("139-1", 60);
    try (TestSocket socket = TestSocket.open(server, token)) {
      assertThat(socket.next().path("streams")).isEmpty();
      server.streams.announce("139-3", Quality.MAIN);
      server.streams.announce("139-1", Quality.MAIN);
      assertThat(socket.nextOf("stream.started").path("stream").path("id").asText())
          .isEqualTo("139-1");
      String foreign = watch("139-2");
      socket.say("{\"type\":\"viewer.follow\",\"viewer\":\"" + foreign + "\"}");
      assertThat(socket.nextOf("error").path("code").asText()).isEqualTo("VIEWER_NOT_FOUND");
    }
  }

  @Test
  void aConnectionEndsWithItsToken() {
    try (TestSocket socket = TestSocket.open(server, streamToken("139-1", 2))) {
      socket.next();
      assertThat(socket.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void aConnectionThatIsToldMuchEndsWithItsTokenToo() {
    try (TestSocket socket = TestSocket.open(server, streamToken("139-1", 2))) {
      socket.next();
      CompletableFuture<Integer> closed = CompletableFuture.supplyAsync(socket::closeCode);
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                server.streams.announce("139-1", Quality.MAIN).close("comes and goes");
                return closed.isDone();
              });
      assertThat(closed.join()).isEqualTo(1008);
    }
  }

  @Test
  void whatFailsIsAnsweredWithAProblemAndTheConnectionStays() {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      String viewer = UUID.randomUUID().toString();
      server.recordingsAway();
      socket.say(
          "{\"type\":\"viewer.playback\",\"action\":\"pause\",\"viewer\":\"" + viewer + "\"}");
      JsonNode problem = socket.nextOf("error");
      assertThat(problem.path("code").asText()).isEqualTo("DATABASE_UNAVAILABLE");
      assertThat(problem.path("status").asInt()).isEqualTo(503);
      socket.say("{}");
      assertThat(socket.nextOf("error").path("code").asText()).isEqualTo("MESSAGE_INVALID");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{\"type\":5}",
        "{\"type\":\"viewer.follow\"}",
        "{\"type\":\"viewer.follow\",\"viewer\":\"x\"}",
        "{\"type\":\"viewer.follow\",\"viewer\":{\"a\":1}}",
        "{\"type\":\"viewer.figures\"}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "\u0000\u0001"
      })
  void nonsenseIsAnsweredWithAProblem(String text) {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say(text);
      JsonNode problem = socket.nextOf("error");
      assertThat(problem.path("code").asText()).isEqualTo("MESSAGE_INVALID");
      assertThat(problem.path("status").asInt()).isEqualTo(400);
    }
  }

  @Test
  void anOversizedMessageClosesTheConnection() {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say("x".repeat(17 * 1024));
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
    await().until(() -> server.server.statistics().webSocketConnections() == 0);
  }

  @Test
  void binaryMessagesCloseTheConnection() {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.sayBinary(new byte[10]);
      assertThat(socket.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void aFloodOfMessagesClosesTheConnection() {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      for (int i = 0; i < 70; i++) {
        socket.say("{}");
      }
      assertThat(socket.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void anIdleClientIsPingedAndKept() {
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      await().atMost(Duration.ofSeconds(10)).until(() -> socket.pings() >= 4);
      server.streams.announce("139-1", Quality.MAIN);
      socket.nextOf("stream.started");
    }
  }

  @Test
  void aClientThatDoesNotReadIsClosedAndCounted() throws Exception {
    limited(new PushLimits(10, 10, 64, 1024, 8, 8, Duration.ofSeconds(20), Duration.ofHours(1)));
    for (int terminal = 0; terminal < 1000; terminal++) {
      server.streams.announce((1000 + terminal) + "-1", Quality.MAIN);
    }
    try (RawHttp deaf = RawHttp.reluctant(server.server.httpPort());
        TestSocket other = TestSocket.open(server, server.token)) {
      deaf.send(
          "GET /api/v1/ws?token="
              + server.token
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
      await().until(() -> server.server.statistics().webSocketConnections() == 2);
      Publication flood = server.streams.announce("9-1", Quality.MAIN);
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (server.server.statistics().slowClients() == 0 && System.nanoTime() < deadline) {
        for (int news = 0; news < 10; news++) {
          flood.close("again and again");
          flood = server.streams.announce("9-1", Quality.MAIN);
        }
        for (int news = 0; news < 10; news++) {
          other.nextOf("stream.resumed");
        }
      }
      assertThat(server.server.statistics().slowClients()).isEqualTo(1);
      await().until(() -> server.server.statistics().webSocketConnections() == 1);
    }
  }

  @Test
  void refusesMoreConnectionsThanThereIsRoomFor() throws Exception {
    limited(new PushLimits(10, 2, 8, 1024, 8, 8, Duration.ofSeconds(20), Duration.ofHours(1)));
    try (TestSocket first = TestSocket.open(server, server.token);
        TestSocket second = TestSocket.open(server, server.token)) {
      first.next();
      second.next();
      assertRefused(503, () -> TestSocket.open(server, server.token));
    }
    await().until(() -> server.server.statistics().webSocketConnections() == 0);
    TestSocket.open(server, server.token).close();
  }

  private void limited(PushLimits limits) throws Exception {
    server.close();
    TestServer.Options options = TestServer.Options.tokens();
    server =
        new TestServer(
            directory.resolve("limited"), options.withLimits(options.limits().withPush(limits)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong"})
  void refusesWhoHasNoToken(String token) {
    assertRefused(401, () -> TestSocket.open(server, token));
  }

  private static void assertRefused(int status, Runnable attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(status));
  }

  private String watch(String stream) {
    String location =
        server
            .post("/whep/" + stream, "application/sdp", "v=0\r\n")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private String streamToken(String stream, int seconds) {
    return TestServer.json(
            server.post(
                "/api/v1/tokens",
                "application/json",
                "{\"stream\":\"" + stream + "\",\"expires_in_s\":" + seconds + "}"))
        .path("token")
        .asText();
  }
}
