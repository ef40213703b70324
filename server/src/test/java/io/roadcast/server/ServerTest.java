package io.roadcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@Timeout(120)
final class ServerTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int STARTS = 20;

  /** Threads that the JDK and Netty keep for the whole process, and the tests' own. */
  private static final List<String> NOT_OF_A_SERVER =
      List.of(
          "awaitility",
          "HttpClient-",
          "globalEventExecutor",
          "ForkJoinPool",
          "VirtualThread",
          "Cleaner",
          "Common-Cleaner",
          "Attach Listener",
          "process reaper",
          "Keep-Alive",
          "PostgreSQL-JDBC-Cleaner",
          "Read-Poller",
          "Write-Poller",
          "SeedGenerator");

  @TempDir Path directory;

  @Test
  void startsAndStopsTwentyTimesWithoutLeavingAThread() throws Exception {
    startAndStop();
    Set<Thread> before = threads();

    for (int i = 0; i < STARTS; i++) {
      startAndStop();
    }

    awaitNoThreadSince(before);
  }

  private void startAndStop() throws Exception {
    try (Server server = Server.start(TestConfig.open(directory))) {
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  /** Those that began after a moment and still live. */
  private static List<String> newSince(Set<Thread> before) {
    return threads().stream()
        .filter(thread -> thread.isAlive() && !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> NOT_OF_A_SERVER.stream().noneMatch(name::startsWith))
        .toList();
  }

  private static void awaitNoThreadSince(Set<Thread> before) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(newSince(before)).isEmpty());
  }

  @Test
  void saysThatAllItsPartsAreReady() throws Exception {
    try (Server server = Server.start(TestConfig.open(directory))) {
      assertThat(server.database().awaitReady(Duration.ofSeconds(60))).isTrue();
      HttpResponse<String> ready = get(server, "/readyz");

      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body())
          .contains(
              "\"status\":\"ok\"", "\"jt1078\"", "\"jt1078-sub\"", "\"webrtc\"", "\"database\"");
    }
  }

  @Test
  void withoutItsDatabaseItIsReadyForViewersAndSaysWhatIsMissing() throws Exception {
    Map<String, String> nowhere =
        Map.of("ROADCAST_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/roadcast");
    try (Server server = Server.start(TestConfig.with(directory, nowhere))) {
      HttpResponse<String> ready = get(server, "/readyz");

      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body())
          .contains("\"status\":\"degraded\"", "\"name\":\"database\",\"healthy\":false");
    }
  }

  @Test
  void runsADatabaseOfItsOwnWhereNoneIsConfigured() throws Exception {
    Map<String, String> own = Map.of("ROADCAST_DATABASE_URL", "");
    try (Server server = Server.start(TestConfig.with(directory, own))) {
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(server.database().awaitReady(Duration.ofSeconds(90))).isTrue();

      assertThatThrownBy(() -> Server.start(TestConfig.with(directory, own)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("is used by another server");
    }
    assertThat(directory.resolve("postgres/cluster/PG_VERSION")).exists();
    assertThat(directory.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "ROADCAST_HTTP_PORT, http.port, tcp",
    "ROADCAST_HTTPS_PORT, https.port, tcp",
    "ROADCAST_WEBRTC_PORT, webrtc.port, udp",
    "ROADCAST_JT1078_PORT, jt1078.port, tcp",
    "ROADCAST_JT1078_SUB_PORT, jt1078.sub-port, udp",
  })
  void portInUseIsNamedWithItsKeyAndNothingIsLeftRunning(
      String variable, String key, String transport) throws Exception {
    startAndStop();
    Set<Thread> before = threads();
    ListAppender<ILoggingEvent> closing = new ListAppender<>();
    closing.start();
    Logger log = (Logger) LoggerFactory.getLogger(Parts.class);
    log.addAppender(closing);

    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      int port = occupy(transport.equals("tcp") ? tcp : udp);

      assertThatThrownBy(
              () ->
                  Server.start(
                      TestConfig.with(directory, Map.of(variable, Integer.toString(port)))))
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith(
              "127.0.0.1 port " + port + " (" + key + ") is in use by another program");
    } finally {
      log.detachAppender(closing);
    }
    awaitNoThreadSince(before);
    assertThat(closing.list).as("what could not be closed").isEmpty();
  }

  private static int occupy(AutoCloseable socket) throws Exception {
    InetSocketAddress any = new InetSocketAddress(LOOPBACK, 0);
    if (socket instanceof ServerSocket tcp) {
      tcp.bind(any);
      return tcp.getLocalPort();
    }
    DatagramSocket udp = (DatagramSocket) socket;
    udp.bind(any);
    return udp.getLocalPort();
  }

  @Test
  void adminTokenIsMadeOnceAndAskedFor() throws Exception {
    Map<String, String> closed = Map.of("ROADCAST_OPEN_ACCESS", "false");
    String token;
    try (Server first = Server.start(TestConfig.with(directory, closed))) {
      token = first.freshAdminToken().orElseThrow();
    }
    try (Server second = Server.start(TestConfig.with(directory, closed))) {
      assertThat(second.freshAdminToken()).isEmpty();
      assertThat(get(second, "/api/v1/streams").statusCode()).isEqualTo(401);
      assertThat(get(second, "/api/v1/streams?token=" + token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void dataDirectoryThatCanNotBeMadeIsSaidInOneLine() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "in the way");

    assertThatThrownBy(() -> Server.start(TestConfig.open(file.resolve("data"))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("the data directory " + file.resolve("data") + " can not be made");
  }

  @Test
  void closingTellsListenersAndEndsTerminalsConnections() throws Exception {
    Server server = Server.start(TestConfig.open(directory));
    Listener listener = new Listener();
    try (HttpClient client = HttpClient.newHttpClient();
        Socket camera = new Socket(LOOPBACK, server.jt1078Port())) {
      URI pushes = URI.create("ws://127.0.0.1:" + server.httpPort() + "/api/v1/ws");
      client.newWebSocketBuilder().buildAsync(pushes, listener).get(10, TimeUnit.SECONDS);
      assertThat(listener.next()).contains("\"type\":\"hello\"");
      int httpPort = server.httpPort();

      server.close();

      assertThat(listener.next()).contains("closed");
      camera.setSoTimeout(10_000);
      assertThat(camera.getInputStream().read()).isEqualTo(-1);
      assertThatThrownBy(() -> new Socket(LOOPBACK, httpPort).close())
          .hasMessageContaining("refused");
    } finally {
      server.close();
    }
  }

  private static HttpResponse<String> get(Server server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Keeps what it is told, and that it was closed. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      said.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      said.add("closed " + code + " " + reason);
      return null;
    }

    String next() throws InterruptedException {
      String text = said.poll(10, TimeUnit.SECONDS);
      return text == null ? "nothing" : text;
    }
  }
}
