package io.roadcast.signaling.http;

import static io.roadcast.signaling.Problems.assertProblem;
import static io.roadcast.signaling.TestServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.signaling.RawHttp;
import io.roadcast.signaling.SignalingConfig;
import io.roadcast.signaling.TestServer;
import io.roadcast.signaling.TestSocket;
import io.roadcast.signaling.whep.TurnConfig;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and its files, other origins, other host names. */
@Timeout(60)
class BrowserRulesTest {
  private static final String FOREIGN = "https://fleet.example";

  @TempDir Path directory;

  @Test
  void servesThePageWithItsRules() throws Exception {
    try (TestServer server = tokens("*")) {
      HttpResponse<String> page = send(server.anonymous("/").GET());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(header(page, "Content-Type")).startsWith("text/html");
      assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(page, "Content-Security-Policy")).contains("script-src 'self';");
      assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(page.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }
  }

  @Test
  void thePageMayLoadPicturesOfItsTileServerOnly() throws Exception {
    PageSettings settings =
        new PageSettings("https://tiles.example:8443/{z}/{x}/{y}.png", "Map: example", 3);
    TestServer.Options options = TestServer.Options.openAccess().withPage(settings);
    try (TestServer server = new TestServer(directory, options)) {
      HttpResponse<String> page = send(server.anonymous("/").GET());
      assertThat(header(page, "Content-Security-Policy"))
          .contains("img-src 'self' data: blob: https://tiles.example:8443;");
      assertThat(server.get("/api/v1/page").body())
          .isEqualTo(
              "{\"map\":{\"tile_url\":\"https://tiles.example:8443/{z}/{x}/{y}.png\","
                  + "\"attribution\":\"Map: example\"},\"open_at_start\":3}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiles/{z}/{x}/{y}", "ftp://a/{z}/{x}/{y}", "https://a/{z}/{x}"})
  void refusesTileAddresses(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PageSettings(address, "", 0));
  }

  @Test
  void aFileThatIsKnownIsNotSentAgain() throws Exception {
    try (TestServer server = tokens("*")) {
      String path = "/player/roadcast-player.js";
      HttpResponse<String> first = send(server.anonymous(path).GET());
      assertThat(header(first, "Content-Type")).startsWith("text/javascript");
      assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
      HttpResponse<String> second =
          send(server.anonymous(path).header("If-None-Match", header(first, "ETag")).GET());
      assertThat(second.statusCode()).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      HttpResponse<String> head =
          send(server.anonymous(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(header(head, "ETag")).isEqualTo(header(first, "ETag"));
    }
  }

  @Test
  void thePlayerMayBeUsedOnAnyPage() throws Exception {
    try (TestServer server = tokens()) {
      HttpResponse<String> player = foreign(server, "/player/roadcast-player.js");
      assertThat(header(player, "Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(header(player, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
      assertThat(foreign(server, "/").headers().map())
          .doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void preflightsAreAnsweredOnceADay() throws Exception {
    try (TestServer server = tokens("*")) {
      for (String path : List.of("/whep/139-1", "/whep/139-1/x", "/api/v1/streams")) {
        HttpResponse<String> response = preflight(server, path);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(response, "Access-Control-Allow-Methods")).contains("POST", "DELETE");
        assertThat(header(response, "Access-Control-Allow-Headers"))
            .contains("Authorization", "Content-Type", "If-Match");
        assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("86400");
      }
    }
  }

  @Test
  void refusalsCanBeReadAcrossOriginsToo() throws Exception {
    try (TestServer server = tokens(FOREIGN)) {
      HttpResponse<String> refused = foreign(server, "/api/v1/streams");
      assertProblem(refused, 401, "UNAUTHENTICATED");
      assertThat(header(refused, "Access-Control-Allow-Origin")).isEqualTo(FOREIGN);
      assertThat(header(refused, "Access-Control-Expose-Headers")).contains("Location", "ETag");
      assertThat(refused.headers().allValues("Vary")).contains("Origin");
    }
  }

  @Test
  void pagesOfOriginsThatAreNotListedGetNothing() throws Exception {
    try (TestServer server = tokens("https://other.example")) {
      assertThat(preflight(server, "/whep/139-1").headers().map())
          .doesNotContainKey("access-control-allow-origin");
      assertThatThrownBy(() -> socketFrom(server, server.token, FOREIGN)).isNotNull();
      socketFrom(server, server.token, "https://other.example").close();
      socketFrom(server, server.token, "http://127.0.0.1:" + server.server.httpPort()).close();
    }
  }

  @Test
  void openAccessAnswersToThisMachineOnly() throws Exception {
    try (TestServer server = new TestServer(directory, TestServer.Options.openAccess())) {
      assertThat(server.server.freshAdminToken()).isEmpty();
      assertThat(server.get("/api/v1/streams").statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(foreign(server, "/api/v1/streams").headers().map())
          .doesNotContainKey("access-control-allow-origin");
      assertThatThrownBy(() -> socketFrom(server, "", FOREIGN)).isNotNull();
      socketFrom(server, "", "http://localhost:8080").close();
      for (String host : List.of("evil.example", "192.0.2.1:8080")) {
        assertThat(raw(server, host)).startsWith("HTTP/1.1 421").contains("HOST_NOT_ALLOWED");
      }
      for (String host : List.of("localhost:8080", "127.0.0.1", "[::1]:8080")) {
        assertThat(raw(server, host)).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void openAccessNeedsALoopbackAddress() {
    SignalingConfig defaults = SignalingConfig.defaults(directory);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SignalingConfig(
                    "0.0.0.0",
                    0,
                    0,
                    true,
                    directory,
                    null,
                    null,
                    List.of(),
                    TurnConfig.NONE,
                    List.of(),
                    defaults.limits(),
                    defaults.page()));
  }

  private TestServer tokens(String... origins) throws Exception {
    return new TestServer(directory, TestServer.Options.tokens().withOrigins(origins));
  }

  private static HttpResponse<String> foreign(TestServer server, String path) {
    return send(server.anonymous(path).header("Origin", FOREIGN).GET());
  }

  private static HttpResponse<String> preflight(TestServer server, String path) {
    return send(
        server
            .anonymous(path)
            .header("Origin", FOREIGN)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
  }

  private static TestSocket socketFrom(TestServer server, String token, String origin) {
    return TestSocket.open(
        server, token, HttpClient.newHttpClient().newWebSocketBuilder().header("Origin", origin));
  }

  private static String raw(TestServer server, String host) throws Exception {
    try (RawHttp client = new RawHttp(server.server.httpPort())) {
      client.send(
          "GET /api/v1/streams HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      return client.response();
    }
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
