package io.roadcast.server;

import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.jt1078.ExpectedTerminals;
import io.roadcast.jtt.jt1078.Jt1078Server;
import io.roadcast.jtt.live.BudgetStore;
import io.roadcast.jtt.live.DataBudgets;
import io.roadcast.jtt.live.DataUsage;
import io.roadcast.jtt.live.LiveStreams;
import io.roadcast.jtt.live.MediaTerminals;
import io.roadcast.jtt.live.TerminalFormats;
import io.roadcast.jtt.live.TerminalUplinks;
import io.roadcast.jtt.live.UsageStore;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.LiveMetrics;
import io.roadcast.server.observe.Metrics;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.fleet.TerminalStates;
import io.roadcast.signaling.terminal.LiveApi;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports that terminals send media to, and what makes them send. */
final class LiveParts {
  private static final Logger LOG = LoggerFactory.getLogger(LiveParts.class);
  private static final Duration SAVE_INTERVAL = Duration.ofSeconds(30);

  private final ServerConfig config;
  private final Parts parts;
  private final Router router;
  private final Jt1078Server mainPort;
  private final Jt1078Server subPort;
  private final DataUsage usage;
  private final TerminalUplinks uplinks = new TerminalUplinks();
  private final DataBudgets budgets;
  private final LiveStreams streams;

  /**
   * What the fleet says of terminals; none of it blocks.
   *
   * @param known whether there is a terminal of these digits
   * @param byMediaId the digits that a terminal signals with, by the raw id of its media packets
   * @param byDigits the terminal of these digits
   */
  record Names(
      Predicate<String> known,
      Function<byte[], Optional<String>> byMediaId,
      Function<String, Optional<KnownTerminal>> byDigits) {}

  /** Where what terminals use, and may use, is kept. */
  record Stores(UsageStore usage, BudgetStore budgets) {}

  LiveParts(
      ServerConfig config,
      Parts parts,
      Metrics metrics,
      Router router,
      TerminalLinks links,
      Names names,
      Stores stores,
      KnownSounds sounds)
      throws StartException {
    this.config = config;
    this.parts = parts;
    this.router = router;
    usage = new DataUsage(stores.usage(), InstantSource.system());
    budgets =
        new DataBudgets(stores.budgets(), usage, names.byDigits(), config.live().monthlyBytes());
    TerminalFormats formats = new TerminalFormats();
    ExpectedTerminals terminals =
        new MediaTerminals(
            links, names.byMediaId(), usage, uplinks, formats, this::paused, sounds::codecOf);
    mainPort = listen(Quality.MAIN, config.jt1078().port(), "jt1078.port", terminals);
    subPort = listen(Quality.SUB, config.jt1078().subPort(), "jt1078.sub-port", terminals);
    streams =
        parts.add(
            "live",
            LiveStreams.start(
                ModuleConfigs.live(config, mainPort.port(), subPort.port()),
                router,
                links,
                names.known(),
                budgets,
                formats,
                this::endMedia));
    parts.add("data-usage", keepUsage());
    metrics.add(new LiveMetrics(streams, usage, budgets));
  }

  private Jt1078Server listen(Quality quality, int port, String key, ExpectedTerminals terminals)
      throws StartException {
    Jt1078Server server =
        new Jt1078Server(ModuleConfigs.jt1078(config, quality), router, terminals);
    try {
      server.start();
    } catch (IOException failure) {
      throw BindProblem.explain(failure, config.listenAddress(), port, key);
    }
    return parts.add("jt1078-" + quality.label(), server);
  }

  private boolean paused(StreamId stream) {
    return streams.status(stream).paused();
  }

  private void endMedia(StreamId stream) {
    (stream.quality() == Quality.MAIN ? mainPort : subPort).end(stream);
  }

  /** Saves what terminals have sent and enforces budgets now and then; saves at the end. */
  private AutoCloseable keepUsage() {
    ScheduledExecutorService saver =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("data-usage").factory());
    saver.scheduleWithFixedDelay(
        this::lookAfterUsage, 1, SAVE_INTERVAL.toSeconds(), TimeUnit.SECONDS);
    return () -> {
      saver.shutdownNow();
      saveUsage();
    };
  }

  private void lookAfterUsage() {
    saveUsage();
    try {
      budgets.refresh();
    } catch (RuntimeException failure) {
      LOG.warn("the terminals' budgets are read later: {}", failure.toString());
    }
    streams.enforceBudgets();
  }

  private void saveUsage() {
    try {
      usage.save();
    } catch (RuntimeException failure) {
      LOG.warn("what terminals have sent is saved later: {}", failure.toString());
    }
  }

  Jt1078Server mainPort() {
    return mainPort;
  }

  Jt1078Server subPort() {
    return subPort;
  }

  LiveStreams streams() {
    return streams;
  }

  /** Routes of what live streams cost and what changes them. */
  LiveApi api(FleetRecords fleet, TerminalStates states) {
    return new LiveApi(fleet, states, usage, uplinks, budgets, streams);
  }
}
