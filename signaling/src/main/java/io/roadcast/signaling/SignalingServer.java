package io.roadcast.signaling;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinException;
import io.roadcast.events.store.EventChanges.Numbered;
import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.OpenAccess;
import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.signaling.auth.AdminToken;
import io.roadcast.signaling.auth.AuditLog;
import io.roadcast.signaling.auth.Authenticator;
import io.roadcast.signaling.auth.FailedAuthentications;
import io.roadcast.signaling.auth.RateLimiter;
import io.roadcast.signaling.auth.StreamTokens;
import io.roadcast.signaling.auth.TokenAccess;
import io.roadcast.signaling.http.AllowedOrigins;
import io.roadcast.signaling.http.CrossOrigin;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.HealthSource;
import io.roadcast.signaling.http.HostCheck;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.MetricsSource;
import io.roadcast.signaling.http.ObserveRoutes;
import io.roadcast.signaling.http.PageRoutes;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.http.PlaybackRoutes;
import io.roadcast.signaling.http.ProblemResponse;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestLog;
import io.roadcast.signaling.http.RequestObserver;
import io.roadcast.signaling.http.RouteSet;
import io.roadcast.signaling.http.SecurityHeaders;
import io.roadcast.signaling.http.StreamRoutes;
import io.roadcast.signaling.http.TokenRoutes;
import io.roadcast.signaling.http.ViewerGateway;
import io.roadcast.signaling.http.ViewerRoutes;
import io.roadcast.signaling.http.ViewingHistograms;
import io.roadcast.signaling.http.ViewingRecords;
import io.roadcast.signaling.http.WebFiles;
import io.roadcast.signaling.whep.IceServerRoutes;
import io.roadcast.signaling.whep.IceServers;
import io.roadcast.signaling.whep.WhepRoutes;
import io.roadcast.signaling.ws.Audience;
import io.roadcast.signaling.ws.EventFeed;
import io.roadcast.signaling.ws.PushHub;
import io.roadcast.signaling.ws.PushRoute;
import io.roadcast.signaling.ws.TerminalNews;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Everything that speaks HTTP. Make it, start it, close it once. */
public final class SignalingServer implements AutoCloseable {
  private static final int MAX_WAITING_FAILURES = 200;
  private static final int MAX_REMEMBERED_ADDRESSES = 10_000;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

  private final SignalingConfig config;
  private final Json json = new Json();
  private final Optional<AdminToken> adminToken;
  private final FailedAuthentications failures;
  private final RateLimiter whepRate;
  private final Audience audience;
  private final ViewerGateway viewers;
  private final ViewingRecords viewings;
  private final PushHub hub;
  private final PushRoute pushRoute;
  private final Listeners listeners;
  private final Javalin app;

  /**
   * @param source brings streams that somebody wants to watch
   * @param viewers those who carry the viewers
   * @param recordings shows them to viewers, by what the gate permits
   * @param observer told of every request
   * @param more routes of other parts
   * @param version told to clients
   * @throws IOException if tokens or certificate can not be read or made
   */
  public SignalingServer(
      SignalingConfig config,
      Router router,
      StreamSource source,
      ViewerGateway viewers,
      Function<Gate, PastViewing> recordings,
      HealthSource health,
      MetricsSource metrics,
      RequestObserver observer,
      List<RouteSet> more,
      String version)
      throws IOException {
    this.config = config;
    SignalingLimits limits = config.limits();
    StreamTokens streamTokens =
        StreamTokens.openOrCreate(config.dataDirectory(), InstantSource.system());
    this.adminToken =
        config.openAccess()
            ? Optional.empty()
            : Optional.of(AdminToken.openOrCreate(config.dataDirectory()));
    this.failures = new FailedAuthentications(limits.failedLoginDelay(), MAX_WAITING_FAILURES);
    this.whepRate =
        new RateLimiter(limits.whepBurst(), limits.whepPerSecond(), MAX_REMEMBERED_ADDRESSES);
    Authenticator authenticator =
        adminToken
            .<Authenticator>map(token -> new TokenAccess(token, streamTokens))
            .orElseGet(Authenticator::open);
    AccessPolicy policy = config.openAccess() ? new OpenAccess() : AccessPolicy.byGrants();
    Gate gate = new Gate(authenticator, policy, failures);
    AllowedOrigins origins =
        config.openAccess()
            ? AllowedOrigins.loopback()
            : AllowedOrigins.listed(config.allowedOrigins());
    RequestBody bodies = new RequestBody(limits.bodyTimeout());
    AuditLog audit = new AuditLog();
    this.audience = new Audience(router, viewers, gate, json, version, limits.push());
    this.viewers = viewers;
    this.viewings = new ViewingRecords(router, InstantSource.system());
    this.hub = new PushHub(router, viewers, audience, limits.push());
    PastViewing past = recordings.apply(gate);
    past.listen(hub::playback);
    this.pushRoute =
        new PushRoute(hub, viewers, viewings, past, gate, origins, json, limits.push());
    this.listeners = new Listeners(config, json);
    IceServers iceServers =
        new IceServers(config.iceServers(), config.turn(), InstantSource.system());
    this.app =
        Javalin.create(
            javalin -> {
              configure(javalin);
              javalin.requestLogger.http(new RequestLog(observer)::write);
              RoutesConfig routes = javalin.routes;
              if (config.openAccess()) {
                routes.before(HostCheck::requireLoopback);
                routes.wsBeforeUpgrade(HostCheck::requireLoopback);
              }
              routes.before(SecurityHeaders::apply);
              new CrossOrigin(origins).install(routes);
              new ProblemResponse(json).install(routes);
              new PageRoutes(config.page(), gate, json).install(routes);
              new StreamRoutes(router, viewers, gate, json).install(routes);
              new ViewerRoutes(router, viewers, viewings, gate, audit, json).install(routes);
              new PlaybackRoutes(past, gate, bodies, json).install(routes);
              new TokenRoutes(streamTokens, gate, audit, bodies, json).install(routes);
              RouteSet.Tools tools = new RouteSet.Tools(gate, bodies, json);
              more.forEach(set -> set.install(routes, tools));
              new ObserveRoutes(health, metrics, gate, json).install(routes);
              new IceServerRoutes(iceServers, gate, json).install(routes);
              new WhepRoutes(
                      source,
                      viewers,
                      past,
                      gate,
                      whepRate,
                      bodies,
                      limits.maxSdpBytes(),
                      iceServers)
                  .install(routes);
              pushRoute.install(routes);
            });
  }

  /**
   * Opens the ports.
   *
   * @throws IOException if one of them can not be had; the message names it, and nothing runs
   */
  public void start() throws IOException {
    try {
      app.start();
    } catch (JavalinException failure) {
      app.stop();
      throw new IOException(reasonOf(failure), failure);
    }
    viewers.addListener(viewings);
    hub.start();
  }

  private static String reasonOf(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** The bound HTTP port, or {@link SignalingConfig#OFF}. */
  public int httpPort() {
    return listeners.httpPort();
  }

  /** The bound HTTPS port, or {@link SignalingConfig#OFF}. */
  public int httpsPort() {
    return listeners.httpsPort();
  }

  /** The administrator's token, only if it was made by this start: to be shown once. */
  public Optional<String> freshAdminToken() {
    return adminToken.flatMap(AdminToken::fresh);
  }

  /**
   * Tells clients that a channel of a terminal came into another phase. Any thread; never waits.
   */
  public void channelChanged(StreamId channel, ChannelStatus status) {
    hub.channelChanged(channel, status);
  }

  /**
   * From now on clients may follow events.
   *
   * @return takes what became of events, in the order of their numbers; never waits, except for the
   *     database
   */
  public Consumer<List<Numbered>> offerEvents(EventFeed feed) {
    pushRoute.offerEvents(feed);
    return changes -> hub.told(feed, changes);
  }

  /** Where news of terminals are told. */
  public TerminalNews terminalNews() {
    return hub;
  }

  /** What viewings that are over were like. */
  public ViewingHistograms viewings() {
    return viewings.histograms();
  }

  public SignalingStatistics statistics() {
    return new SignalingStatistics(
        pushRoute.connections(), audience.slowClients(), failures.count(), whepRate.refused());
  }

  /** Tells the WebSocket clients that the server stops, then closes the ports. */
  @Override
  public void close() {
    hub.stop(STOP_PATIENCE);
    pushRoute.awaitNone(STOP_PATIENCE);
    app.stop();
  }

  Javalin app() {
    return app;
  }

  private void configure(JavalinConfig javalin) {
    javalin.concurrency.useVirtualThreads = true;
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.http.prefer405over404 = true;
    javalin.http.defaultContentType = "text/plain";
    javalin.resourceHandler(new WebFiles(config.page()));
    javalin.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxTextMessageSize(config.limits().push().maxMessageBytes());
          factory.setMaxBinaryMessageSize(config.limits().push().maxMessageBytes());
          factory.setIdleTimeout(config.limits().push().pingInterval().multipliedBy(3));
        });
    listeners.install(javalin.jetty);
  }
}
