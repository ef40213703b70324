package io.roadcast.signaling.http;

import static io.roadcast.signaling.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.signaling.RawHttp;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What nobody should send, over plain sockets. */
@Timeout(60)
class GarbageTest {
  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens());
    server.streams.publish("139-1");
  }

  @AfterEach
  void serverStillWorks() {
    assertThat(server.get("/api/v1/streams").statusCode()).isEqualTo(200);
    server.close();
  }

  @Test
  void anAnnouncedBodyOfTenMegabytesIsRefusedUnread() throws Exception {
    try (RawHttp client = connect()) {
      client.send(head("POST", "/whep/139-1", "Content-Length: 10485760"));
      String response = client.response();
      assertThat(response).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
      assertThat(response).contains("Connection: close");
    }
  }

  @Test
  void aBodyOfTenMegabytesThatIsSentAnywayIsRefused() {
    HttpResponse<String> response =
        server.post("/api/v1/tokens", "application/json", "[".repeat(10 << 20));
    assertProblem(response, 413, "BODY_TOO_LARGE");
  }

  @Test
  void anEndlessBodyIsCutOffAtTheLimit() throws Exception {
    try (RawHttp client = connect()) {
      client.send(head("POST", "/whep/139-1", "Transfer-Encoding: chunked"));
      String chunk = "1000\r\n" + "v".repeat(4096) + "\r\n";
      for (int i = 0; i < 17; i++) {
        client.send(chunk);
      }
      assertThat(client.response()).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
    }
  }

  @Test
  void aBodyThatTricklesIsGivenUp() throws Exception {
    try (RawHttp client = connect()) {
      client.send(head("POST", "/whep/139-1", "Content-Length: 1000"));
      String response = client.responseWhileSending("v", 200);
      assertThat(response).startsWith("HTTP/1.1 408").contains("REQUEST_TIMEOUT");
    }
  }

  @Test
  void aBodyThatNeverComesIsGivenUp() throws Exception {
    try (RawHttp client = connect()) {
      client.send(head("POST", "/whep/139-1", "Content-Length: 1000"));
      assertThat(client.response()).startsWith("HTTP/1.1 408").contains("REQUEST_TIMEOUT");
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (RawHttp client = connect()) {
      assertThat(client.response()).isEmpty();
    }
  }

  @Test
  void hugeHeadersAreRefused() throws Exception {
    try (RawHttp client = connect()) {
      client.send(head("GET", "/api/v1/streams", "X: " + "y".repeat(20_000)));
      String response = client.response();
      assertThat(response).startsWith("HTTP/1.1 431").contains("HEADERS_TOO_LARGE");
      assertThat(response).contains("application/problem+json").contains("Connection: close");
    }
  }

  /** A client that is not told would send its next request into a connection that ends. */
  @Test
  void whoseConnectionEndsIsToldSo() throws Exception {
    for (String path : new String[] {"/api/v1/streams/139-1%00", "/a%zz", "/a b"}) {
      try (RawHttp client = connect()) {
        client.send(head("GET", path, "X: y"));
        assertThat(client.response())
            .as(path)
            .startsWith("HTTP/1.1 400")
            .contains("Connection: close");
      }
    }
  }

  @Test
  void aHugeAddressIsRefused() throws Exception {
    try (RawHttp client = connect()) {
      client.send(head("GET", "/" + "a".repeat(20_000), "X: y"));
      assertThat(client.response()).startsWith("HTTP/1.1 414").contains("URI_TOO_LONG");
    }
  }

  @Test
  void randomBytesAreRefused() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[1 + random.nextInt(2000)];
      random.nextBytes(noise);
      try (RawHttp client = connect()) {
        client.send(new String(noise, StandardCharsets.ISO_8859_1));
        client.send("\r\n\r\n");
        assertThat(client.response()).matches("(?s)|HTTP/1.1 4.*");
      }
    }
  }

  @Test
  void ambiguousAddressesAreRefusedOrFoundNowhere() throws Exception {
    for (String path :
        new String[] {
          "/../../etc/passwd",
          "/%2e%2e/%2e%2e/etc/passwd",
          "/app/..%2f..%2fopenapi.yaml",
          "/app/.hidden",
          "/player/%00.js",
          "/web/index.html",
          "//app//main.js;x=y"
        }) {
      try (RawHttp client = connect()) {
        client.send(head("GET", path, "X: y"));
        assertThat(client.response())
            .as(path)
            .matches("(?s)HTTP/1.1 (400|404).*")
            .contains("application/problem+json");
      }
    }
  }

  @Test
  void unknownAddressesAndMethodsHaveProblemBodies() {
    assertProblem(server.get("/api/v2/streams"), 404, "NOT_FOUND");
    assertProblem(server.get("/nothing.html"), 404, "NOT_FOUND");
    assertProblem(server.post("/api/v1/streams", "text/plain", ""), 405, "METHOD_NOT_ALLOWED");
    assertProblem(server.delete("/healthz"), 405, "METHOD_NOT_ALLOWED");
  }

  private RawHttp connect() throws Exception {
    return new RawHttp(server.server.httpPort());
  }

  private String head(String method, String path, String header) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        + server.token
        + "\r\nContent-Type: application/sdp\r\n"
        + header
        + "\r\n\r\n";
  }
}
