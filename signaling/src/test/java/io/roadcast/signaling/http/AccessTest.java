package io.roadcast.signaling.http;

import static io.roadcast.signaling.Problems.assertProblem;
import static io.roadcast.signaling.TestServer.json;
import static io.roadcast.signaling.TestServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.signaling.FakeViewers;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AccessTest {
  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens());
    server.streams.publish("139-1");
    server.streams.publish("139-2");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/streams",
    "GET, /api/v1/streams/139-1",
    "GET, /api/v1/streams/139-1/viewers",
    "DELETE, /api/v1/streams/139-1/viewers/00000000-0000-4000-8000-000000000000",
    "DELETE, /api/v1/viewers/00000000-0000-4000-8000-000000000000",
    "POST, /api/v1/tokens",
    "GET, /metrics",
    "POST, /whep/139-1",
    "PATCH, /whep/139-1/00000000-0000-4000-8000-000000000000",
    "DELETE, /whep/139-1/00000000-0000-4000-8000-000000000000",
    "GET, /api/v1/streams/unknown-to-all",
    "POST, /whep/unknown-to-all"
  })
  void nothingIsDoneOrToldWithoutAToken(String method, String path) {
    HttpResponse<String> response =
        send(server.anonymous(path).method(method, HttpRequest.BodyPublishers.noBody()));
    assertProblem(response, 401, "UNAUTHENTICATED");
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/readyz", "/openapi.yaml"})
  void pageHealthAndDescriptionAreOpenToAll(String path) {
    assertThat(send(server.anonymous(path).GET()).statusCode()).isEqualTo(200);
  }

  @Test
  void theTokenIsTakenFromHeaderOrQuery() {
    assertThat(server.get("/api/v1/streams").statusCode()).isEqualTo(200);
    String byQuery = "/api/v1/streams?token=" + server.token;
    assertThat(send(server.anonymous(byQuery).GET()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer ",
        "Bearer",
        "Basic YWRtaW46YWRtaW4=",
        "Bearer rcs_000000000000.1.MTM5LTE.AAAA",
        "Bearer rcs_!",
        "Bearer rcs_000000000000.999999999999.MTM5LTE.x"
      })
  void wrongCredentialsAreRefusedAlike(String authorization) {
    HttpResponse<String> response =
        send(server.anonymous("/api/v1/streams").header("Authorization", authorization).GET());
    JsonNode problem = assertProblem(response, 401, "UNAUTHENTICATED");
    assertThat(problem.path("detail").asText()).isEqualTo("A valid token is needed.");
  }

  @Test
  void countsFailedAuthentications() {
    send(server.anonymous("/api/v1/streams?token=wrong").GET());
    send(server.anonymous("/api/v1/streams").GET());
    assertThat(server.server.statistics().failedAuthentications()).isEqualTo(1);
  }

  @Test
  void aStreamTokenOpensThatStreamAndNothingElse() {
    String token = streamToken("0139-1", 60).path("token").asText();
    JsonNode list = json(send(server.anonymous("/api/v1/streams?token=" + token).GET()));
    assertThat(list.path("items").findValuesAsText("id")).containsExactly("139-1");
    assertThat(status("GET", "/api/v1/streams/139-1", token)).isEqualTo(200);
    assertThat(status("GET", "/api/v1/streams/139-2", token)).isEqualTo(403);
    assertThat(status("GET", "/api/v1/streams/139-1/viewers", token)).isEqualTo(403);
    assertThat(status("GET", "/metrics", token)).isEqualTo(403);
    assertThat(status("POST", "/api/v1/tokens", token)).isEqualTo(403);
    assertThat(status("DELETE", "/api/v1/viewers/00000000-0000-4000-8000-000000000000", token))
        .isEqualTo(403);
  }

  @Test
  void aGuestMayWatchAndLeaveByTheAddressItWasGiven() {
    String token = streamToken("139-1", 60).path("token").asText();
    HttpResponse<String> opened =
        send(
            server
                .anonymous("/whep/139-1?token=" + token)
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString("v=0\r\n")));
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(opened.body()).isEqualTo(FakeViewers.ANSWER);
    String location = opened.headers().firstValue("Location").orElseThrow();
    assertThat(send(server.anonymous(location).DELETE()).statusCode()).isEqualTo(200);
  }

  @Test
  void anAlteredStreamTokenIsWorthless() {
    String[] parts = streamToken("139-1", 60).path("token").asText().split("\\.");
    String other = Base64.getUrlEncoder().withoutPadding().encodeToString("139-2".getBytes(US));
    String later = Long.toString(Long.parseLong(parts[1]) + 1);
    Stream.of(
            String.join(".", parts[0], parts[1], other, parts[3]),
            String.join(".", parts[0], later, parts[2], parts[3]),
            String.join(".", parts[0], parts[1], parts[2], parts[3] + "A"))
        .forEach(token -> assertThat(status("GET", "/api/v1/streams", token)).isEqualTo(401));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"stream\":\"139-1\"}",
        "{\"stream\":\"139-1\",\"expires_in_s\":0}",
        "{\"stream\":\"139-1\",\"expires_in_s\":99999999999}",
        "{\"stream\":\"139-1\",\"expires_in_s\":\"soon\"}",
        "{\"stream\":\"../..\",\"expires_in_s\":60}",
        "{\"stream\":{},\"expires_in_s\":60}",
        "{\"stream\":\"139-1\",\"expires_in_s\":60} x"
      })
  void malformedWishesForTokensAreRefused(String body) {
    assertProblem(server.post("/api/v1/tokens", "application/json", body), 400, "INVALID_BODY");
  }

  @Test
  void aTokenIsWantedInJson() {
    assertProblem(server.post("/api/v1/tokens", "text/plain", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void secretsLieInFilesOfTheOwnerAndTheAdminTokenIsNotAmongThem() throws Exception {
    for (String name : new String[] {"admin-token.sha256", "stream-token.key", "https-key.pem"}) {
      Path file = directory.resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(name)
          .isEqualTo("rw-------");
      assertThat(Files.readString(file)).doesNotContain(server.token);
    }
  }

  @Test
  void theAdminTokenIsShownOnceAndStaysValid() throws Exception {
    String token = server.token;
    String guest = streamToken("139-1", 60).path("token").asText();
    server.close();
    server = new TestServer(directory, TestServer.Options.tokens());
    assertThat(server.server.freshAdminToken()).isEmpty();
    assertThat(status("GET", "/api/v1/streams", token)).isEqualTo(200);
    assertThat(status("GET", "/api/v1/streams", guest)).isEqualTo(200);
  }

  private static final java.nio.charset.Charset US = java.nio.charset.StandardCharsets.US_ASCII;

  private JsonNode streamToken(String stream, int seconds) {
    HttpResponse<String> response =
        server.post(
            "/api/v1/tokens",
            "application/json",
            "{\"stream\":\"" + stream + "\",\"expires_in_s\":" + seconds + "}");
    assertThat(response.statusCode()).isEqualTo(201);
    return json(response);
  }

  private int status(String method, String path, String token) {
    return send(server
            .anonymous(path)
            .header("Authorization", "bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody()))
        .statusCode();
  }
}
