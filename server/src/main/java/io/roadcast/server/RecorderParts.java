package io.roadcast.server;

import io.roadcast.events.SafetyEvent;
import io.roadcast.events.action.ActionFailedException;
import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.recorder.catalog.CatalogFollower;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.catalog.Retention;
import io.roadcast.recorder.playback.Archive;
import io.roadcast.recorder.policy.PolicyMode;
import io.roadcast.recorder.policy.PolicyTable;
import io.roadcast.recorder.policy.RecordingControl;
import io.roadcast.recorder.record.Recorder;
import io.roadcast.recorder.retrieve.NearRecordings;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.still.Stills;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.RecorderMetrics;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.signaling.auth.SignedLinks;
import io.roadcast.signaling.recording.RecordingApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the streams, keeps the catalogue in step, and deletes what is too old. */
final class RecorderParts {
  private static final Logger LOG = LoggerFactory.getLogger(RecorderParts.class);
  private static final int SWEEP_SECONDS = 60;
  private static final Duration PRE_ROLL = Duration.ofSeconds(30);

  private final FleetRecords fleet;
  private final Retention retention;
  private final Stills stills;
  private final RecordingApi api;
  private final NearRecordings near;
  private final RecordingControl control;
  private final Archive archive;
  private final Recorder recorder;

  /**
   * Starts them.
   *
   * @throws StartException if the directory of recordings can not be used
   */
  RecorderParts(
      ServerConfig config,
      Parts parts,
      Health health,
      Metrics metrics,
      Database database,
      FleetRecords fleet,
      Router router)
      throws StartException {
    this.fleet = fleet;
    SegmentPlaces places = new SegmentPlaces(ModuleConfigs.recorder(config).directory());
    RecordingCatalog catalog = new RecordingCatalog(database);
    CatalogFollower follower = parts.add("catalog", new CatalogFollower(catalog, places));
    PolicyTable policies = new PolicyTable(database);
    control =
        parts.add(
            "recording-control",
            new RecordingControl(
                policies,
                switch (config.recording().keep()) {
                  case LIVE -> PolicyMode.LIVE;
                  case NEVER -> PolicyMode.NEVER;
                },
                InstantSource.system()));
    try {
      recorder =
          parts.add(
              "recorder",
              Recorder.start(
                  ModuleConfigs.recorder(config), router, control, follower, this::owner));
      follower.start(recorder.ring());
      database.onReady(follower::wake);
      retention = new Retention(database, places, ModuleConfigs.retention(config));
      LocalStore store = new LocalStore(places);
      Recordings recordings = new Recordings(catalog, recorder.ring(), store);
      near = new NearRecordings(recorder.ring(), recordings, store);
      stills =
          parts.add(
              "stills",
              new Stills(
                  config.dataDirectory().resolve("stills"),
                  config.recording().maxThumbnailBytes()));
      api =
          new RecordingApi(
              recordings,
              stills,
              retention,
              new RecordingApi.Policies(policies, control),
              fleet,
              SignedLinks.openOrCreate(config.dataDirectory(), InstantSource.system()));
      archive = new Archive(recorder.ring(), catalog, store);
      health.checkHelpful("recorder", recorder::problem);
      health.checkHelpful("recordings", follower::problem);
      metrics.add(new RecorderMetrics(recorder, follower, retention));
    } catch (IOException failure) {
      throw new StartException(
          "recordings can not be kept in " + places.root() + ": " + failure.getMessage(), failure);
    }
    ScheduledExecutorService sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("recording-retention").daemon().factory());
    parts.add("recording-retention", sweeper::shutdownNow);
    var unused =
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  private Owner owner(StreamId stream) {
    return stream.ofTerminal()
            && fleet.identities().byNumber(stream.terminal())
                instanceof Resolution.Known(KnownTerminal known)
        ? new Owner(known.organization(), known.id(), known.vehicle())
        : Owner.nobody();
  }

  private void sweep() {
    try {
      retention.sweep(Instant.now());
      stills.sweep();
    } catch (RuntimeException mistake) {
      LOG.error("[recorder] old recordings could not be deleted", mistake);
    }
  }

  /** From now on cameras are kept on that are to be recorded always. */
  void demandFrom(StreamSource cameras) {
    control.start(recorder.ring(), cameras);
  }

  /** All that can be shown again. */
  Archive archive() {
    return archive;
  }

  /** What there is of the last minutes, kept or not. */
  NearRecordings near() {
    return near;
  }

  /** Records cameras for a while because of an event. */
  void record(SafetyEvent event, Set<Integer> channels, Duration length)
      throws ActionFailedException {
    int usual = event.channel() == null ? 1 : event.channel();
    try {
      for (int channel : channels.isEmpty() ? Set.of(usual) : channels) {
        control.start(
            StreamId.ofTerminal(event.terminal(), channel, Quality.MAIN), PRE_ROLL, length);
      }
    } catch (IOException failure) {
      throw ActionFailedException.later("RECORDER_FAILED");
    }
  }

  RecordingApi api() {
    return api;
  }
}
