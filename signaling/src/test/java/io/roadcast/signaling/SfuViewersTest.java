package io.roadcast.signaling;

import static io.roadcast.signaling.Problems.assertProblem;
import static io.roadcast.signaling.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.sfu.transport.SfuServer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WHEP against the real media plane, up to where media would begin. */
@Timeout(60)
class SfuViewersTest {
  private static final String OFFER =
      String.join(
          "\r\n",
          "v=0",
          "o=- 1 2 IN IP4 127.0.0.1",
          "s=-",
          "t=0 0",
          "a=group:BUNDLE 0",
          "m=video 9 UDP/TLS/RTP/SAVPF 103",
          "c=IN IP4 0.0.0.0",
          "a=rtcp:9 IN IP4 0.0.0.0",
          "a=ice-ufrag:abcd",
          "a=ice-pwd:abcdefghijklmnopqrstuvwx",
          "a=fingerprint:sha-256 " + "AB:".repeat(31) + "CD",
          "a=setup:actpass",
          "a=mid:0",
          "a=recvonly",
          "a=rtcp-mux",
          "a=rtpmap:103 H264/90000",
          "a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
          "");

  @TempDir Path directory;
  private SfuServer sfu;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    sfu =
        SfuServer.start(
            SfuConfig.defaults()
                .withUdpPort(0)
                .withBindAddresses(List.of(InetAddress.getLoopbackAddress()))
                .withTimeouts(Duration.ofSeconds(6), Duration.ofSeconds(30))
                .withLimits(2, 1));
    server = new TestServer(directory, TestServer.Options.tokens(), new SfuViewers(sfu.viewers()));
    server.streams.publish("139-1");
  }

  @AfterEach
  void stop() {
    server.close();
    sfu.close();
  }

  @Test
  void aViewingIsOpenedListedAndLeft() {
    HttpResponse<String> opened = offer("139-1", OFFER);
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    assertThat(opened.body()).contains("a=ice-lite").contains("H264/90000");
    String location = opened.headers().firstValue("Location").orElseThrow();
    JsonNode viewer = viewers("139-1").get(0);
    assertThat(location).endsWith(viewer.path("id").asText());
    assertThat(viewer.path("state").asText()).isEqualTo("connecting");
    assertThat(viewer.path("codec").asText()).isEqualTo("H264");
    assertThat(viewer.has("path")).isFalse();
    assertThat(viewer.has("loss")).isFalse();
    assertThat(server.delete(location).statusCode()).isEqualTo(200);
    await().until(() -> viewers("139-1").isEmpty());
  }

  @Test
  void aKickedViewerIsTold() {
    offer("139-1", OFFER);
    String viewer = viewers("139-1").get(0).path("id").asText();
    try (TestSocket socket = TestSocket.open(server, server.token)) {
      socket.next();
      socket.say("{\"type\":\"viewer.follow\",\"viewer\":\"" + viewer + "\"}");
      socket.say("{}");
      socket.nextOf("error");
      assertThat(server.delete("/api/v1/viewers/" + viewer).statusCode()).isEqualTo(204);
      assertThat(socket.nextOf("viewer.notice").path("notice").asText()).isEqualTo("kicked");
    }
  }

  @Test
  void refusalsOfTheMediaPlaneHaveTheirCodes() {
    assertProblem(offer("139-1", "v=0\r\nnonsense"), 400, "SDP_INVALID");
    assertProblem(offer("139-1", "\u0000".repeat(1000)), 400, "SDP_INVALID");
    assertProblem(
        offer("139-1", OFFER.replace("H264", "VP8").replaceAll("a=fmtp[^\r]*\r\n", "")),
        422,
        "CODEC_NOT_SUPPORTED");
    server.streams.announce("139-9", Quality.MAIN);
    HttpResponse<String> early = offer("139-9", OFFER);
    assertProblem(early, 409, "STREAM_WITHOUT_MEDIA");
    assertThat(early.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aFullStreamAndAFullServerSayWhenToComeBack() {
    server.streams.publish("139-2");
    server.streams.publish("139-3");
    offer("139-1", OFFER);
    HttpResponse<String> fullStream = offer("139-1", OFFER);
    assertProblem(fullStream, 503, "STREAM_VIEWERS_FULL");
    assertThat(fullStream.headers().firstValue("Retry-After")).isPresent();
    offer("139-2", OFFER);
    assertProblem(offer("139-3", OFFER), 503, "TOO_MANY_VIEWERS");
  }

  @Test
  void whatKeepsAStreamComingIsGivenBackHoweverAViewerEnds() {
    server.streams.publish("139-2");
    String left = location(offer("139-1", OFFER));
    String kicked = location(offer("139-2", OFFER));
    assertThat(server.source.held).hasSize(2);
    assertProblem(offer("139-2", OFFER), 503, "TOO_MANY_VIEWERS");
    assertThat(server.source.held).hasSize(2);
    server.delete(left);
    await().until(() -> server.source.held.size() == 1);
    server.delete("/api/v1/viewers/" + kicked.substring(kicked.lastIndexOf('/') + 1));
    await().until(() -> server.source.held.isEmpty());
  }

  @Test
  void whoNeverConnectsHoldsNothingForLong() throws Exception {
    // The client is gone before it reads the answer.
    try (Socket client = new Socket("127.0.0.1", server.server.httpPort())) {
      byte[] body = OFFER.getBytes(StandardCharsets.UTF_8);
      String head =
          "POST /whep/139-1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sdp\r\n"
              + ("Authorization: Bearer " + server.token + "\r\n")
              + ("Content-Length: " + body.length + "\r\n\r\n");
      client.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().write(body);
      client.setSoLinger(true, 0);
      await().until(() -> !server.source.held.isEmpty());
    }
    await().atMost(Duration.ofSeconds(40)).until(() -> server.source.held.isEmpty());
    assertThat(sfu.viewers().count()).isZero();
  }

  private static String location(HttpResponse<String> opened) {
    return opened.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> offer(String stream, String offer) {
    return server.post("/whep/" + stream, "application/sdp", offer);
  }

  private JsonNode viewers(String stream) {
    return json(server.get("/api/v1/streams/" + stream + "/viewers")).path("items");
  }
}
