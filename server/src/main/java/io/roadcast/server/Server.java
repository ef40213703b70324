package io.roadcast.server;

import io.roadcast.fleet.TerminalCredentials;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.jt1078.Jt1078Server;
import io.roadcast.jtt.live.BudgetTables;
import io.roadcast.jtt.live.UsageTable;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.DatabaseMetrics;
import io.roadcast.server.observe.FleetMetrics;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.HealthReport;
import io.roadcast.server.observe.IngestMetrics;
import io.roadcast.server.observe.MediaMetrics;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.PriorityMetrics;
import io.roadcast.server.observe.SignalingMetrics;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.transport.SfuServer;
import io.roadcast.signaling.SfuViewers;
import io.roadcast.signaling.SignalingConfig;
import io.roadcast.signaling.SignalingServer;
import io.roadcast.signaling.fleet.FleetRoutes;
import io.roadcast.signaling.recording.VehicleTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A whole node: makes the parts, hands each what it needs, starts them in order and closes them in
 * reverse. The only class that knows all parts.
 */
public final class Server implements AutoCloseable {
  private static final long MAX_IDLE_BLOCK_BYTES = 64L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration LONGEST_WORKER_TURN = Duration.ofSeconds(5);

  private final ServerConfig config;
  private final Parts parts;
  private final Health health = new Health();
  private final Metrics metrics;
  private final Database database;
  private final FleetRecords fleet;
  private final Router router;
  private final TranscodeParts transcoding;
  private final RecorderParts recorder;
  private final LiveParts live;
  private final SfuServer sfu;
  private final PlaybackParts playbacks;
  private final SourceParts sources;
  private final TerminalCredentials credentials;
  private final TerminalParts terminals;
  private final EvidenceParts evidence;
  private final EventParts events;
  private final SignalingServer signaling;

  /**
   * Starts a node.
   *
   * @throws StartException if it can not start; nothing is left running
   */
  public static Server start(ServerConfig config) throws StartException {
    Parts parts = new Parts(PATIENCE);
    try {
      return new Server(config, parts);
    } catch (StartException | RuntimeException failure) {
      parts.close();
      throw failure;
    }
  }

  private Server(ServerConfig config, Parts parts) throws StartException {
    this.config = config;
    this.parts = parts;
    makeDataDirectory(config);
    metrics = parts.add("metrics", new Metrics(BuildInfo.version()));
    Carriers.provide();
    ThreadPriorities.find().ifPresent(this::keepPriorities);
    SrtpEngine engine = Encryption.engine(config.webrtc().encryption());
    database = startDatabase();
    health.checkHelpful("database", database::problem);
    metrics.add(new DatabaseMetrics(database));
    fleet = parts.add("fleet", FleetRecords.open(database));
    metrics.add(new FleetMetrics(fleet));
    RtpBlockPool pool =
        parts.add("blocks", new RtpBlockPool(Encryption.backing(engine), MAX_IDLE_BLOCK_BYTES));
    router = parts.add("streams", new Router(ModuleConfigs.router(config), pool));
    transcoding = new TranscodeParts(config, parts, metrics, router, pool);
    recorder =
        new RecorderParts(
            config, parts, health, metrics, database, fleet, router, transcoding.recorded());
    credentials = terminalCredentials();
    terminals = new TerminalParts(config, parts, health, metrics, database, fleet, credentials);
    events =
        new EventParts(
            config, parts, health, metrics, database, fleet, terminals, recorder::record);
    evidence =
        new EvidenceParts(
            config,
            parts,
            health,
            metrics,
            database,
            fleet,
            terminals,
            recorder.near(),
            events.tables(),
            events.evidence());
    events.collectEvidence(evidence.attachmentRequests(), evidence.clipMaker());
    LiveParts.Names names =
        new LiveParts.Names(terminals::known, terminals::byMediaId, terminals::byDigits);
    live =
        new LiveParts(
            config,
            parts,
            metrics,
            router,
            terminals.gateway().links(),
            names,
            new LiveParts.Stores(new UsageTable(database), new BudgetTables(database)),
            transcoding.sounds());
    recorder.demandFrom(live.streams());
    sfu = startSfu(engine);
    sources = new SourceParts(config, parts, metrics, router, sfu.dialOut());
    sfu.viewers().smallerStreams(live.streams());
    playbacks =
        new PlaybackParts(
            config,
            parts,
            metrics,
            recorder.archive(),
            router,
            sfu.viewers(),
            live.streams(),
            fleet);
    health.check("jt1078", () -> portProblem(live.mainPort()));
    health.check("jt1078-sub", () -> portProblem(live.subPort()));
    health.check("webrtc", this::workerProblem);
    metrics.add(new IngestMetrics(live.mainPort(), live.subPort()));
    metrics.add(new MediaMetrics(router, pool, sfu));
    signaling = startSignaling();
    events.tell(signaling);
    terminals.tell(signaling.terminalNews());
    live.streams().addListener(signaling::channelChanged);
    metrics.add(new SignalingMetrics(signaling));
    sfu.rehearse();
    live.mainPort().rehearse();
  }

  private void keepPriorities(ThreadPriorities priorities) {
    metrics.add(new PriorityMetrics(parts.add("priorities", priorities)));
    priorities.start();
  }

  private static void makeDataDirectory(ServerConfig config) throws StartException {
    try {
      Files.createDirectories(config.dataDirectory());
    } catch (IOException failure) {
      throw new StartException(
          "the data directory " + config.dataDirectory() + " can not be made: " + failure, failure);
    }
  }

  /** It comes up while the other parts do; nothing here waits for it. */
  private Database startDatabase() throws StartException {
    try {
      return parts.add("database", Database.start(ModuleConfigs.database(config)));
    } catch (IOException failure) {
      throw new StartException(String.valueOf(failure.getMessage()), failure);
    }
  }

  private SfuServer startSfu(SrtpEngine engine) throws StartException {
    try {
      return parts.add(
          "webrtc",
          SfuServer.start(
              ModuleConfigs.sfu(config), engine, transcoding.renditions(), transcoding.pictures()));
    } catch (IOException failure) {
      throw BindProblem.explain(
          failure, config.listenAddress(), config.webrtc().port(), "webrtc.port");
    }
  }

  private SignalingServer startSignaling() throws StartException {
    SignalingConfig wanted = ModuleConfigs.signaling(config);
    try {
      SignalingServer server =
          new SignalingServer(
              wanted,
              router,
              live.streams(),
              new SfuViewers(sfu.viewers()),
              playbacks.viewing(),
              new HealthReport(health),
              metrics,
              metrics::request,
              List.of(
                  fleetRoutes(),
                  terminals.api(live.streams()),
                  live.api(fleet, terminals.states(live.streams())),
                  sources.api(),
                  recorder.api(),
                  evidence.routes(),
                  events.api(),
                  new VehicleTimeline(
                      fleet,
                      terminals.positions().tables(),
                      events.tables(),
                      events.evidence(),
                      recorder.recordings())),
              BuildInfo.version());
      server.start();
      return parts.add("signaling", server);
    } catch (IOException failure) {
      throw signalingProblem(failure);
    }
  }

  private TerminalCredentials terminalCredentials() throws StartException {
    try {
      return TerminalCredentials.openOrCreate(config.dataDirectory());
    } catch (IOException failure) {
      throw new StartException("the terminals' codes: " + failure.getMessage(), failure);
    }
  }

  private FleetRoutes fleetRoutes() {
    return new FleetRoutes(fleet, credentials, terminals.states(live.streams()));
  }

  /** Jetty's message ends with the address and port that it could not bind to. */
  private StartException signalingProblem(IOException failure) {
    String said = String.valueOf(failure.getMessage());
    int http = config.http().port();
    int https = config.https().port();
    if (said.endsWith(":" + http)) {
      return BindProblem.explain(failure, config.listenAddress(), http, "http.port");
    } else if (said.endsWith(":" + https)) {
      return BindProblem.explain(failure, config.listenAddress(), https, "https.port");
    }
    return new StartException("the page and the API can not be served: " + said, failure);
  }

  private static Optional<String> portProblem(Jt1078Server server) {
    return server.listening() ? Optional.empty() : Optional.of("the port is closed");
  }

  private Optional<String> workerProblem() {
    return sfu.turning(LONGEST_WORKER_TURN)
        ? Optional.empty()
        : Optional.of("a media worker is stuck");
  }

  /** What this node remembers; it may still be starting. */
  public Database database() {
    return database;
  }

  /** Who there is; what it does not know yet it reads when the database is there. */
  public FleetRecords fleet() {
    return fleet;
  }

  /** The streams of this node. */
  public Router router() {
    return router;
  }

  public int httpPort() {
    return signaling.httpPort();
  }

  /** {@link SignalingConfig#OFF} if there is none. */
  public int httpsPort() {
    return signaling.httpsPort();
  }

  public int webrtcPort() {
    return sfu.port();
  }

  public int jt1078Port() {
    return live.mainPort().port();
  }

  public int jt1078SubPort() {
    return live.subPort().port();
  }

  /** Where terminals bring the files of alarms. */
  public int attachmentPort() {
    return evidence.attachmentPort();
  }

  /** Of JT/T 808, TCP and UDP. */
  public int jt808Port() {
    return terminals.gateway().port();
  }

  /** The administrator's token, only if this start made it. */
  public Optional<String> freshAdminToken() {
    return signaling.freshAdminToken();
  }

  /**
   * Tells viewers and clients that the node stops, then closes everything, within a bounded time.
   */
  @Override
  public void close() {
    health.stopping();
    parts.close();
  }
}
