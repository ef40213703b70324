package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.server.Server;
import io.roadcast.server.config.ConfigException;
import io.roadcast.server.config.ConfigLoader;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * A whole server in this process: free ports of 127.0.0.1, open access, a data directory of its own
 * that is gone after {@link #close}. Its error messages are kept to be asked for.
 */
public final class RunningServer implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String SUB = "?quality=sub";
  private static final Map<String, String> USUAL =
      Map.of(
          "open-access", "true",
          "http.port", "0",
          "https.port", "0",
          "webrtc.port", "0",
          "jt808.port", "0",
          "jt1078.port", "0",
          "jt1078.sub-port", "0",
          "attachment.port", "0");

  private final Path directory;
  private final TestDatabase database;
  private final String host;
  private final Server server;
  private final Errors errors;
  private final Http http;

  private RunningServer(
      Path directory, TestDatabase database, String host, Server server, Errors errors) {
    this.host = host;
    this.directory = directory;
    this.database = database;
    this.server = server;
    this.errors = errors;
    this.http = new Http(url());
  }

  public static RunningServer start() throws Exception {
    return start(Map.of());
  }

  /**
   * @param settings keys of {@code reference.yaml} and values other than the usual ones
   */
  public static RunningServer start(Map<String, String> settings) throws Exception {
    Path directory = Files.createTempDirectory("roadcast-e2e-");
    Errors errors = Errors.listen();
    TestDatabase database = TestDatabase.create();
    Map<String, String> all = new HashMap<>(databaseSettings(database));
    all.putAll(settings);
    ServerConfig config = config(directory, all);
    InetAddress address = config.listenAddress();
    String host = address instanceof Inet6Address ? "[::1]" : address.getHostAddress();
    return new RunningServer(directory, database, host, Server.start(config), errors);
  }

  private static ServerConfig config(Path directory, Map<String, String> settings)
      throws ConfigException {
    Map<String, String> all = new HashMap<>(USUAL);
    all.put("data-directory", directory.toString());
    all.putAll(settings);
    Map<String, String> environment = new HashMap<>();
    all.forEach((key, value) -> environment.put(environmentName(key), value));
    return ConfigLoader.load(null, environment).config();
  }

  /** The keys that lead a server to a database. */
  static Map<String, String> databaseSettings(TestDatabase database) {
    return Map.of(
        "database.url", database.address().url(),
        "database.user", database.address().user(),
        "database.password", database.address().password());
  }

  static String environmentName(String key) {
    return "ROADCAST_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Of the page and the API, without a slash at the end. */
  public String url() {
    return "http://" + host + ":" + httpPort();
  }

  public String httpsUrl() {
    return "https://" + host + ":" + server.httpsPort();
  }

  /** Of the pushes. */
  public String wsUrl() {
    return wsUrl(url());
  }

  /**
   * @param of {@link #url} or {@link #httpsUrl}
   */
  public String wsUrl(String of) {
    return of.replaceFirst("http", "ws") + "/api/v1/ws";
  }

  /** Where a stream is watched. */
  public URI whep(String stream) {
    return URI.create(url() + "/whep/" + stream);
  }

  public int httpPort() {
    return server.httpPort();
  }

  public Server server() {
    return server;
  }

  public int webrtcPort() {
    return server.webrtcPort();
  }

  public int jt1078Port() {
    return server.jt1078Port();
  }

  public int jt1078SubPort() {
    return server.jt1078SubPort();
  }

  /** TCP connections and UDP flows of terminals. */
  public int jt1078ConnectionsOpen() {
    return (int) metric("roadcast_ingest_connections_open{port=\"main\"}");
  }

  /**
   * Waits until so many pictures of a stream came, as far as its age and its rate tell.
   *
   * @param streamId with "?quality=sub" behind it for a sub-stream
   */
  public void awaitPictures(String streamId, int count) {
    boolean sub = streamId.endsWith(SUB);
    String name = sub ? streamId.substring(0, streamId.length() - SUB.length()) : streamId;
    StreamId id = StreamId.parse(name, sub ? Quality.SUB : Quality.MAIN);
    await().atMost(SOON).pollInterval(POLL).until(() -> hasPictures(id, count));
  }

  private boolean hasPictures(StreamId id, int count) {
    Stream stream = server.router().find(id);
    if (stream == null || stream.video() == null) {
      return false;
    }
    double rate = stream.statistics().videoFrameRate();
    double seconds = Duration.between(stream.since(), Instant.now()).toMillis() / 1e3;
    return count <= 1 || rate * seconds >= count;
  }

  /** Waits until there are just so many streams. */
  public void awaitStreams(int count) {
    await()
        .atMost(SOON)
        .until(() -> Http.json(http.get("/api/v1/streams").body()).path("items").size() == count);
  }

  /** What the API answers. */
  public JsonNode json(String path) {
    return Http.json(http.get(path).body());
  }

  /** The figures as text. */
  public String metrics() {
    return http.get("/metrics").body();
  }

  /** One of the figures, as it is named there with its labels. */
  public double metric(String nameWithLabels) {
    return metric().value(nameWithLabels);
  }

  Exposition metric() {
    return Exposition.parse(metrics());
  }

  /** Changes its tables past it, as if time had gone by. */
  public void execute(String sql) {
    database.database().useTransaction(handle -> handle.execute(sql));
  }

  /** What was logged as an error since the start, in this process. */
  public List<String> errors() {
    return errors.lines();
  }

  /** What it keeps its files in. */
  Path directory() {
    return directory;
  }

  /** What it keeps its records in; to be cut off by those who want to see that. */
  TestDatabase database() {
    return database;
  }

  /** Claims that the server says it is ready and has logged no error. */
  public void assertHealthy() {
    assertThat(http.get("/readyz").statusCode()).as("/readyz").isEqualTo(200);
    assertThat(http.get("/healthz").statusCode()).as("/healthz").isEqualTo(200);
    assertThat(errors()).as("errors in the log").isEmpty();
  }

  @Override
  public void close() {
    server.close();
    database.close();
    errors.close();
    try (java.util.stream.Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new AssertionError("data directory " + directory, e);
    }
  }

  /** Takes note of every error that is logged. */
  private static final class Errors extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root;

    private Errors(LoggerContext context) {
      root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      setContext(context);
    }

    static Errors listen() {
      Errors errors = new Errors((LoggerContext) LoggerFactory.getILoggerFactory());
      errors.start();
      errors.root.addAppender(errors);
      return errors;
    }

    List<String> lines() {
      return List.copyOf(lines);
    }

    void close() {
      root.detachAppender(this);
      stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
        lines.add(
            event.getLoggerName()
                + ": "
                + event.getFormattedMessage()
                + (event.getThrowableProxy() == null
                    ? ""
                    : " (" + event.getThrowableProxy().getMessage() + ")"));
      }
    }
  }
}
