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
import io.roadcast.recorder.catalog.Tiering;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.playback.Archive;
import io.roadcast.recorder.policy.PolicyMode;
import io.roadcast.recorder.policy.PolicyTable;
import io.roadcast.recorder.policy.RecordingControl;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.record.Recorder;
import io.roadcast.recorder.retrieve.NearRecordings;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.still.Stills;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.RecorderMetrics;
import io.roadcast.server.observe.TieringMetrics;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.signaling.auth.SignedLinks;
import io.roadcast.signaling.recording.RecordingApi;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the streams, keeps the catalogue in step, and deletes what is too old. */
final class RecorderParts {
  private static final Logger LOG = LoggerFactory.getLogger(RecorderParts.class);
  private static final int SWEEP_SECONDS = 60;
  private static final Duration PRE_ROLL = Duration.ofSeconds(30);
  private static final int LOOK_SECONDS = 5;

  private final FleetRecords fleet;
  private final DiskGuard guard;
  private final Retention retention;
  private final Stills stills;
  private final @Nullable Tiering tiering;
  private final RecordingApi api;
  private final NearRecordings near;
  private final Recordings recordings;
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
      Router router,
      Renditions renditions)
      throws StartException {
    this.fleet = fleet;
    RecordingStorage storage;
    try {
      storage = RecordingStorage.open(config);
      Files.createDirectories(storage.places().root());
    } catch (IOException failure) {
      throw new StartException("recordings can not be kept: " + failure.getMessage(), failure);
    }
    SegmentPlaces places = storage.places();
    guard = DiskGuard.of(places.root(), config.recording().reservedBytes());
    if (storage.objects() != null) {
      parts.add("object-store", storage.objects());
    }
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
                  ModuleConfigs.recorder(config, storage.seals()),
                  router,
                  control,
                  follower,
                  this::owner,
                  new Recorder.Surroundings(guard, InstantSource.system(), renditions)));
      follower.start(recorder.ring());
      database.onReady(follower::wake);
      stills =
          parts.add(
              "stills",
              new Stills(
                  config.dataDirectory().resolve("stills"),
                  config.recording().maxThumbnailBytes()));
      retention =
          new Retention(
              database, storage.tiers(), recorder.ring(), ModuleConfigs.retention(config), guard);
      tiering =
          storage
              .tiers()
              .remote()
              .map(
                  remote ->
                      new Tiering(
                          catalog,
                          storage.local(),
                          remote,
                          recorder.ring(),
                          config.objectStore().moveAfter()))
              .orElse(null);
      recordings = new Recordings(catalog, recorder.ring(), storage.tiers());
      near = new NearRecordings(recorder.ring(), recordings, storage.tiers());
      api =
          new RecordingApi(
              recordings,
              parts.add("exact ranges", new GroupCoder()),
              stills,
              retention,
              new RecordingApi.Policies(policies, control),
              fleet,
              SignedLinks.openOrCreate(config.dataDirectory(), InstantSource.system()));
      archive = new Archive(recorder.ring(), catalog, storage.tiers());
      health.checkHelpful("recorder", recorder::problem);
      health.checkHelpful("recordings", follower::problem);
      health.checkHelpful("disk", guard::problem);
      health.checkHelpful("recording-deletion", retention::problem);
      metrics.add(new RecorderMetrics(recorder, follower, retention, guard));
      if (tiering != null) {
        health.checkHelpful("object-store", tiering::problem);
        metrics.add(new TieringMetrics(tiering));
      }
    } catch (IOException failure) {
      throw new StartException(
          "recordings can not be kept in " + places.root() + ": " + failure.getMessage(), failure);
    }
    every(parts, "recording-retention", SWEEP_SECONDS, this::sweep);
    every(parts, "recording-disk", LOOK_SECONDS, this::makeRoom);
    Tiering moves = tiering;
    if (moves != null) {
      every(parts, "recording-tiering", LOOK_SECONDS, () -> moves.run(Instant.now()));
    }
  }

  private static void every(Parts parts, String name, int seconds, Runnable task) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    parts.add(name, executor::shutdownNow);
    var unused =
        executor.scheduleWithFixedDelay(
            () -> guarded(name, task), seconds, seconds, TimeUnit.SECONDS);
  }

  private static void guarded(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException mistake) {
      LOG.error("[recorder] {} failed", name, mistake);
    }
  }

  private void makeRoom() {
    guard.look();
    if (guard.missingBytes() > 0) {
      recorder.ring().release(guard.missingBytes());
      guard.look();
      retention.makeRoom(Instant.now());
    }
  }

  private Owner owner(StreamId stream) {
    return stream.ofTerminal()
            && fleet.identities().byNumber(stream.terminal())
                instanceof Resolution.Known(KnownTerminal known)
        ? new Owner(known.organization(), known.id(), known.vehicle())
        : Owner.nobody();
  }

  private void sweep() {
    retention.sweep(Instant.now());
    stills.sweep();
  }

  /** From now on cameras are kept on that are to be recorded always. */
  void demandFrom(StreamSource cameras) {
    control.start(recorder.ring(), cameras);
  }

  /** All that can be shown again. */
  Archive archive() {
    return archive;
  }

  /** What is recorded. */
  Recordings recordings() {
    return recordings;
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
