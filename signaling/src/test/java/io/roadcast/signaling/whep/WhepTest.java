package io.roadcast.signaling.whep;

import static io.roadcast.signaling.Problems.assertProblem;
import static io.roadcast.signaling.TestServer.json;
import static io.roadcast.signaling.TestServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.sfu.router.Quality;
import io.roadcast.signaling.FakeViewers;
import io.roadcast.signaling.SignalingLimits;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WhepTest {
  private static final String OFFER = "v=0\r\n";
  private static final String TRICKLE = "application/trickle-ice-sdpfrag";
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens());
    server.streams.publish("139-1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersAnOfferWithASession() {
    HttpResponse<String> opened = offer("/whep/0139-1", OFFER);
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(opened.body()).isEqualTo(FakeViewers.ANSWER);
    assertThat(opened.headers().firstValue("Content-Type")).hasValue("application/sdp");
    assertThat(opened.headers().firstValue("Location").orElseThrow())
        .matches("/whep/139-1/[0-9a-f-]{36}");
    assertThat(opened.headers().firstValue("ETag").orElseThrow()).matches("\"[0-9a-f]+\"");
    assertThat(opened.headers().firstValue("Accept-Patch")).hasValue(TRICKLE);
    assertThat(opened.headers().allValues("Link"))
        .hasSize(3)
        .startsWith(
            "<stun:stun.example:3478>; rel=\"ice-server\"",
            "<turn:turn.example:3478?transport=udp>; rel=\"ice-server\"; username=\"us\\\"er\";"
                + " credential=\"secret\"; credential-type=\"password\"")
        .last(STRING)
        .matches(
            "<turn:relay.example:3478\\?transport=tcp>; rel=\"ice-server\";"
                + " username=\"[0-9]{10}:administrator\"; credential=\"[A-Za-z0-9+/]{27}=\";"
                + " credential-type=\"password\"");
  }

  @Test
  void theSubStreamHasItsOwnEndpoint() {
    assertProblem(offer("/whep/139-1?quality=sub", OFFER), 404, "STREAM_NOT_FOUND");
    server.streams.publish("139-1", Quality.SUB);
    HttpResponse<String> opened = offer("/whep/139-1?quality=sub", OFFER);
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(json(server.get("/api/v1/streams/139-1")).path("viewers").asInt()).isZero();
    assertThat(json(server.get("/api/v1/streams/139-1?quality=sub")).path("viewers").asInt())
        .isEqualTo(1);
    assertThat(server.delete(location(opened)).statusCode()).isEqualTo(200);
  }

  @Test
  void eachRefusalHasItsStatusAndCode() {
    assertProblem(offer("/whep/999-1", OFFER), 404, "STREAM_NOT_FOUND");
    assertProblem(offer("/whep/139-1", "nonsense"), 400, "SDP_INVALID");
    assertProblem(offer("/whep/139-1", ""), 400, "SDP_INVALID");
    assertProblem(
        offer("/whep/139-1", OFFER + "a=codec:none-of-ours\r\n"), 422, "CODEC_NOT_SUPPORTED");
    assertProblem(server.post("/whep/139-1", "text/plain", OFFER), 415, "UNSUPPORTED_MEDIA_TYPE");
    server.streams.announce("139-9", Quality.MAIN);
    HttpResponse<String> tooEarly = offer("/whep/139-9", OFFER);
    assertProblem(tooEarly, 409, "STREAM_WITHOUT_MEDIA");
    assertThat(tooEarly.headers().firstValue("Retry-After")).hasValue("2");
    server.viewers.limit(0);
    HttpResponse<String> full = offer("/whep/139-1", OFFER);
    assertProblem(full, 503, "TOO_MANY_VIEWERS");
    assertThat(full.headers().firstValue("Retry-After")).hasValue("5");
  }

  @Test
  void aMistakeOfTheServerIsAnsweredWithAnIncidentOnly() {
    HttpResponse<String> response = offer("/whep/139-1", OFFER + "a=mistake\r\n");
    JsonNode problem = assertProblem(response, 500, "INTERNAL");
    assertThat(problem.path("incident").asText()).hasSize(36);
    assertThat(response.body()).doesNotContain("secret-detail").doesNotContain("xception");
  }

  @Test
  void trickledCandidatesAreAcceptedUnderTheSessionsTag() {
    HttpResponse<String> opened = offer("/whep/139-1", OFFER);
    String etag = opened.headers().firstValue("ETag").orElseThrow();
    assertThat(patch(location(opened), etag, TRICKLE).statusCode()).isEqualTo(204);
    assertThat(server.viewers.fragments()).containsExactly("a=end-of-candidates\r\n");
    assertProblem(patch(location(opened), "\"other\"", TRICKLE), 412, "PRECONDITION_FAILED");
    assertProblem(patch(location(opened), "", TRICKLE), 428, "PRECONDITION_REQUIRED");
    HttpResponse<String> wrongType = patch(location(opened), etag, "application/sdp");
    assertProblem(wrongType, 415, "UNSUPPORTED_MEDIA_TYPE");
    assertThat(wrongType.headers().firstValue("Accept-Patch")).hasValue(TRICKLE);
  }

  @Test
  void anyTagRestartsIce() {
    HttpResponse<String> opened = offer("/whep/139-1", OFFER);
    assertProblem(patch(location(opened), "*", TRICKLE), 400, "SDP_INVALID");
    HttpResponse<String> restarted =
        patch(location(opened), "*", TRICKLE, "a=ice-ufrag:abcd\r\na=ice-pwd:efgh\r\n");
    assertThat(restarted.statusCode()).isEqualTo(200);
    assertThat(restarted.headers().firstValue("Content-Type")).hasValue(TRICKLE);
    assertThat(restarted.headers().firstValue("ETag")).hasValue("\"tag-1\"");
    assertThat(restarted.body()).isEqualTo("a=ice-ufrag:server\r\n");
  }

  @Test
  void aSessionIsDeletedOnce() {
    String session = location(offer("/whep/139-1", OFFER));
    assertThat(server.delete(session).statusCode()).isEqualTo(200);
    assertProblem(server.delete(session), 404, "SESSION_NOT_FOUND");
    assertProblem(patch(session, "\"a\"", TRICKLE), 404, "SESSION_NOT_FOUND");
  }

  @Test
  void aSessionBelongsToItsStream() {
    server.streams.publish("139-2");
    String session = location(offer("/whep/139-1", OFFER));
    assertProblem(server.delete(session.replace("139-1", "139-2")), 404, "SESSION_NOT_FOUND");
    assertProblem(server.delete("/whep/139-1/" + NOBODY), 404, "SESSION_NOT_FOUND");
    assertProblem(server.delete("/whep/139-1/1-1-1-1-1"), 404, "SESSION_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whep/139-1", "/whep/139-1/" + NOBODY})
  void otherMethodsAreNotAllowed(String path) {
    for (String method : List.of("GET", "PUT")) {
      HttpResponse<String> response =
          send(server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
      assertProblem(response, 405, "METHOD_NOT_ALLOWED");
      assertThat(response.headers().firstValue("Allow")).isPresent();
    }
  }

  @Test
  void optionsSayWhatIsTaken() {
    HttpResponse<String> endpoint = options("/whep/139-1");
    assertThat(endpoint.statusCode()).isEqualTo(204);
    assertThat(endpoint.headers().firstValue("Accept-Post")).hasValue("application/sdp");
    HttpResponse<String> session = options("/whep/139-1/" + NOBODY);
    assertThat(session.statusCode()).isEqualTo(204);
    assertThat(session.headers().firstValue("Accept-Patch")).hasValue(TRICKLE);
  }

  @Test
  void anAddressThatAsksTooOftenIsToldWhenToComeBack() throws Exception {
    server.close();
    SignalingLimits limits = TestServer.Options.tokens().limits().withWhepRate(3, 0.5);
    server = new TestServer(directory.resolve("2"), TestServer.Options.tokens().withLimits(limits));
    server.streams.publish("139-1");
    for (int i = 0; i < 3; i++) {
      assertThat(offer("/whep/139-1", OFFER).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> refused = offer("/whep/139-1", OFFER);
    assertProblem(refused, 429, "RATE_LIMITED");
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 2);
    assertThat(server.server.statistics().rateLimited()).isEqualTo(1);
  }

  @Test
  void manyOpenAndLeaveAtOnce() {
    try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
      IntStream.range(0, 150)
          .forEach(
              client ->
                  clients.execute(
                      () -> {
                        String session = location(offer("/whep/139-1", OFFER));
                        assertThat(server.delete(session).statusCode()).isEqualTo(200);
                      }));
    }
    assertThat(server.served.stream().filter("DELETE /whep/{stream}/{session} 200"::equals))
        .hasSize(150);
    assertThat(json(server.get("/api/v1/streams/139-1")).path("viewers").asInt()).isZero();
  }

  private HttpResponse<String> offer(String path, String offer) {
    return server.post(path, "application/sdp; charset=utf-8", offer);
  }

  private HttpResponse<String> options(String path) {
    return send(server.anonymous(path).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
  }

  private HttpResponse<String> patch(String session, String etag, String type) {
    return patch(session, etag, type, "a=end-of-candidates\r\n");
  }

  private HttpResponse<String> patch(String session, String etag, String type, String fragment) {
    HttpRequest.Builder request =
        server
            .request(session)
            .header("Content-Type", type)
            .method("PATCH", HttpRequest.BodyPublishers.ofString(fragment));
    return send(etag.isEmpty() ? request : request.header("If-Match", etag));
  }

  private static String location(HttpResponse<String> opened) {
    return opened.headers().firstValue("Location").orElseThrow();
  }
}
