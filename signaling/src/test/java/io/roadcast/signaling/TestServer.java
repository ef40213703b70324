package io.roadcast.signaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.TerminalCredentials;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.DatabaseConfig;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.command.CommandDesk;
import io.roadcast.jtt.live.BudgetTables;
import io.roadcast.jtt.live.DataBudgets;
import io.roadcast.jtt.live.DataUsage;
import io.roadcast.jtt.live.TerminalUplinks;
import io.roadcast.jtt.live.UsageTable;
import io.roadcast.jtt.multimedia.MediaLimits;
import io.roadcast.jtt.multimedia.MediaStore;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.PositionTables;
import io.roadcast.jtt.safety.PeripheralTable;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.catalog.Retention;
import io.roadcast.recorder.catalog.RetentionConfig;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.policy.PolicyMode;
import io.roadcast.recorder.policy.PolicyTable;
import io.roadcast.recorder.policy.RecordingControl;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.still.Stills;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import io.roadcast.sfu.router.PublishedStreams;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.whep.RemoteState;
import io.roadcast.sfu.whep.RemoteStatus;
import io.roadcast.signaling.auth.SignedLinks;
import io.roadcast.signaling.evidence.EvidenceFiles;
import io.roadcast.signaling.evidence.EvidenceRoutes;
import io.roadcast.signaling.fleet.FleetRoutes;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.HealthSource;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.MetricsSource;
import io.roadcast.signaling.http.PageSettings;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RouteSet;
import io.roadcast.signaling.http.SourceRoutes;
import io.roadcast.signaling.http.ViewerGateway;
import io.roadcast.signaling.recording.RecordingApi;
import io.roadcast.signaling.recording.VehicleTimeline;
import io.roadcast.signaling.terminal.LiveApi;
import io.roadcast.signaling.terminal.TerminalApi;
import io.roadcast.signaling.whep.IceServer;
import io.roadcast.signaling.whep.TurnConfig;
import io.roadcast.signaling.ws.PushLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The real server on free ports of the loopback address, with fake viewers. */
public final class TestServer implements AutoCloseable {
  /** How a test wants the server. */
  public record Options(
      boolean open, List<String> origins, SignalingLimits limits, PageSettings page) {
    public static Options tokens() {
      return new Options(
          false, List.of("*"), quick(SignalingLimits.defaults()), PageSettings.defaults());
    }

    public static Options openAccess() {
      return new Options(
          true, List.of(), quick(SignalingLimits.defaults()), PageSettings.defaults());
    }

    public Options withOrigins(String... allowed) {
      return new Options(open, List.of(allowed), limits, page);
    }

    public Options withLimits(SignalingLimits changed) {
      return new Options(open, origins, changed, page);
    }

    public Options withPage(PageSettings changed) {
      return new Options(open, origins, limits, changed);
    }

    private static SignalingLimits quick(SignalingLimits limits) {
      return new SignalingLimits(
          limits.whepBurst(),
          limits.whepPerSecond(),
          limits.maxSdpBytes(),
          Duration.ofSeconds(4),
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          withIntervals(limits.push()));
    }

    private static PushLimits withIntervals(PushLimits push) {
      return new PushLimits(
          push.maxConnections(),
          push.maxConnectionsPerAddress(),
          push.maxQueuedMessages(),
          push.maxMessageBytes(),
          push.messageBurst(),
          push.maxFollowedViewers(),
          Duration.ofMillis(500),
          Duration.ofMillis(50));
    }
  }

  /** Nobody listens there: the server has to do without. */
  private static final DatabaseAddress NO_DATABASE =
      new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/none", "nobody", "");

  /** What a terminal may send in a month if nothing else was said. */
  public static final long USUAL_BUDGET = 1_000_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public final TestStreams streams = new TestStreams(Duration.ofMinutes(1));
  public final FakeViewers viewers;
  public final FakeSource source;
  public final Queue<String> served = new ConcurrentLinkedQueue<>();
  final FakePast past = new FakePast();
  public final SignalingServer server;
  public final String token;
  public final FleetRecords fleet;
  public final FakeControls controls = new FakeControls();
  public final DataUsage usage;
  public final TerminalUplinks uplinks = new TerminalUplinks();
  public final DataBudgets budgets;
  public final FakeTerminalStates terminals = new FakeTerminalStates();
  public final FakeLinks links = new FakeLinks();
  public final MediaStore media;
  public final TerminalApi terminalApi;
  public final TestEvents events;
  public final RecordingApi recordings;
  public FakeSegmentStore segments;
  private final Database database;
  volatile boolean healthy = true;

  public TestServer(Path directory, Options options) throws IOException {
    this(directory, options, new FakeViewers());
  }

  TestServer(Path directory, Options options, ViewerGateway gateway) throws IOException {
    this(directory, options, gateway, NO_DATABASE);
  }

  /**
   * @param address of the database; closed with the server
   */
  public TestServer(Path directory, Options options, DatabaseAddress address) throws IOException {
    this(directory, options, new FakeViewers(), address);
  }

  private TestServer(
      Path directory, Options options, ViewerGateway gateway, DatabaseAddress address)
      throws IOException {
    database = Database.start(DatabaseConfig.external(address, 8));
    fleet = FleetRecords.open(database);
    media =
        MediaStore.open(
            directory.resolve("multimedia"),
            new MediaLimits(1 << 20, 10 << 20, 1 << 20),
            database,
            this::owner);
    CommandDesk commands =
        new CommandDesk(database, links, InstantSource.system(), Duration.ofSeconds(10));
    terminalApi =
        new TerminalApi(
            fleet,
            terminals,
            new PositionTables(database, InstantSource.system()),
            commands,
            media,
            new PeripheralTable(database));
    events = new TestEvents(database);
    SegmentPlaces places = new SegmentPlaces(directory.resolve("recordings"));
    segments = new FakeSegmentStore(new LocalStore(places, Seals.none()));
    recordings = recordings(directory, places);
    source = new FakeSource(streams.router());
    usage = new DataUsage(new UsageTable(database), InstantSource.system());
    budgets = new DataBudgets(new BudgetTables(database), usage, this::known, USUAL_BUDGET);
    viewers = gateway instanceof FakeViewers fake ? fake : new FakeViewers();
    server =
        new SignalingServer(
            new SignalingConfig(
                "127.0.0.1",
                0,
                0,
                options.open(),
                directory,
                null,
                null,
                List.of(
                    new IceServer("stun:stun.example:3478", null, null),
                    new IceServer("turn:turn.example:3478?transport=udp", "us\"er", "secret")),
                new TurnConfig(
                    List.of("turn:relay.example:3478?transport=tcp"),
                    "shared secret",
                    Duration.ofHours(12)),
                options.origins(),
                options.limits(),
                options.page()),
            streams.router(),
            source,
            gateway,
            gate -> past,
            health(),
            metrics(),
            (method, route, status, time) -> served.add(method + " " + route + " " + status),
            List.of(
                new FleetRoutes(fleet, TerminalCredentials.openOrCreate(directory), terminals),
                terminalApi,
                new LiveApi(fleet, terminals, usage, uplinks, budgets, controls),
                new SourceRoutes(TestServer::sources),
                recordings,
                evidence(directory),
                events.api(fleet),
                new VehicleTimeline(
                    fleet,
                    new PositionTables(database, InstantSource.system()),
                    events.tables,
                    events.evidence,
                    recorded(directory))),
            "1.2.3");
    events.tell(server);
    media.onListed(server.terminalNews()::media);
    server.start();
    token = server.freshAdminToken().orElse("");
  }

  private EvidenceRoutes evidence(Path directory) {
    return new EvidenceRoutes(
        new EventTables(database),
        new EventEvidence(database, () -> {}),
        new EvidenceFiles(directory.toAbsolutePath().resolve("evidence")),
        fleet.audit());
  }

  private static List<RemoteStatus> sources() {
    return List.of(
        new RemoteStatus(
            StreamId.parse("yard-1", Quality.MAIN),
            "https://other.example/whep/139-1",
            RemoteState.WAITING,
            Instant.parse("2026-11-21T09:00:00Z"),
            3,
            "the server answers 404"));
  }

  private Optional<KnownTerminal> known(String digits) {
    return fleet.identities().byNumber(digits) instanceof Resolution.Known(KnownTerminal known)
        ? Optional.of(known)
        : Optional.empty();
  }

  /** What routes work with, for others than this server's. */
  public static RouteSet.Tools tools(Gate gate, Json json) {
    return new RouteSet.Tools(gate, new RequestBody(Duration.ofSeconds(5)), json);
  }

  private Ownership.Owner owner(String terminal) {
    return known(terminal)
        .map(known -> new Ownership.Owner(known.id(), known.vehicle(), known.organization()))
        .orElse(Ownership.Owner.NOBODY);
  }

  /** Without a ring of its own: only what the catalogue names. */
  private Recordings recorded(Path directory) {
    SegmentPlaces places = new SegmentPlaces(directory.resolve("recordings"));
    return new Recordings(
        new RecordingCatalog(database),
        new Ring(places, Duration.ofMinutes(10), segment -> true, segment -> {}, Seals.none()),
        new LocalStore(places, Seals.none()));
  }

  private RecordingApi recordings(Path directory, SegmentPlaces places) throws IOException {
    Files.createDirectories(places.root());
    Ring ring =
        new Ring(places, Duration.ofMinutes(10), segment -> true, segment -> {}, Seals.none());
    PolicyTable policies = new PolicyTable(database);
    Retention retention =
        new Retention(
            database,
            new LocalStore(places, Seals.none()),
            ring,
            new RetentionConfig(Duration.ofDays(1), 1L << 40),
            new DiskGuard(() -> Long.MAX_VALUE, 0));
    return new RecordingApi(
        new Recordings(new RecordingCatalog(database), ring, segments),
        new GroupCoder(),
        new Stills(directory.resolve("stills"), 1 << 20),
        retention,
        new RecordingApi.Policies(
            policies, new RecordingControl(policies, PolicyMode.LIVE, InstantSource.system())),
        fleet,
        SignedLinks.openOrCreate(directory, InstantSource.system()));
  }

  /** Without viewers, metrics and health of interest; not started. */
  static SignalingServer make(SignalingConfig config, Router router) throws IOException {
    HealthSource.Health nothing = new HealthSource.Health(List.of());
    HealthSource health =
        new HealthSource() {
          @Override
          public Health health() {
            return nothing;
          }

          @Override
          public Health readiness() {
            return nothing;
          }
        };
    return new SignalingServer(
        config,
        router,
        new PublishedStreams(router),
        new FakeViewers(),
        gate -> new FakePast(),
        health,
        metrics(),
        (method, route, status, time) -> {},
        List.of(),
        "1.2.3");
  }

  /** From now on whoever orders something of recordings finds the database away. */
  public void recordingsAway() {
    past.away = true;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.httpPort() + path);
  }

  /** With the administrator's token, where there is one. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = anonymous(path);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  public HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> patch(String path, String body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> put(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  public static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  @Override
  public void close() {
    server.close();
    events.close();
    streams.close();
    media.close();
    fleet.close();
    try {
      database.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public Database database() {
    return database;
  }

  private HealthSource health() {
    return new HealthSource() {
      @Override
      public Health health() {
        return new Health(List.of(new Check("threads", true, null)));
      }

      @Override
      public Health readiness() {
        String detail = healthy ? null : "is stopping";
        return new Health(List.of(new Check("media", healthy, detail)));
      }
    };
  }

  private static MetricsSource metrics() {
    return new MetricsSource() {
      @Override
      public String contentType() {
        return "text/plain; version=0.0.4; charset=utf-8";
      }

      @Override
      public String scrape() {
        return "roadcast_streams 1\n";
      }
    };
  }
}
