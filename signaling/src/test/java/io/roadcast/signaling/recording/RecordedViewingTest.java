package io.roadcast.signaling.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Grant;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.playback.Archive;
import io.roadcast.recorder.playback.Playbacks;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.sfu.transport.SfuServer;
import io.roadcast.signaling.TestStreams;
import io.roadcast.signaling.auth.FailedAuthentications;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.PastViewing.Asker;
import io.roadcast.signaling.http.PlaybackCommand;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may steer what a viewer is shown. */
@Timeout(120)
class RecordedViewingTest {
  private static final StreamId STREAM = StreamId.ofTerminal("139", 1, Quality.MAIN);
  private static final UUID VIEWER = UUID.randomUUID();
  private static final Set<Action> WATCHING =
      EnumSet.of(Action.VIEW_STREAM, Action.VIEW_RECORDINGS);
  private static final PlaybackCommand LIVE = new PlaybackCommand("live", null, null, null, null);

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final TestStreams streams = new TestStreams(Duration.ofMinutes(1));
  private FleetRecords fleet;
  private SfuServer sfu;
  private Playbacks playbacks;
  private RecordedViewing viewing;

  @BeforeEach
  void start() throws Exception {
    fleet = FleetRecords.open(database.database());
    sfu =
        SfuServer.start(
            SfuConfig.defaults()
                .withUdpPort(0)
                .withBindAddresses(List.of(InetAddress.getLoopbackAddress())));
    SegmentPlaces places = new SegmentPlaces(directory);
    Ring ring =
        new Ring(places, Duration.ofMinutes(10), segment -> true, segment -> {}, Seals.none());
    playbacks =
        new Playbacks(
            new Archive(
                ring,
                new RecordingCatalog(database.database()),
                new LocalStore(places, Seals.none())),
            streams.router(),
            sfu.viewers(),
            (stream, holder) -> {
              throw new AssertionError("nobody asks a camera");
            },
            2);
    Gate gate =
        new Gate(
            credential -> Principal.anonymous(),
            AccessPolicy.byGrants(),
            new FailedAuthentications(Duration.ofMillis(2), 1));
    viewing =
        new RecordedViewing(
            playbacks,
            viewer -> viewer.equals(VIEWER) ? new RecordedViewing.Watched(STREAM, "ann") : null,
            fleet,
            gate);
  }

  @AfterEach
  void stop() {
    playbacks.close();
    sfu.close();
    fleet.close();
    database.close();
  }

  private static Asker asker(String id, Set<Action> actions) {
    Grant grant = new Grant(actions, Resource.terminal("139"));
    return new Asker(new Principal(id, Principal.Kind.ADMINISTRATOR, List.of(grant)), "192.0.2.1");
  }

  private Object shown(Asker asker, UUID viewer) {
    Instant now = Instant.now();
    return viewing.show(asker, viewer, now.minusSeconds(60), now);
  }

  @Test
  void whoOpenedItSeesAndSteersIt() {
    assertThat(shown(asker("ann", WATCHING), VIEWER)).isNotNull();
    // The viewer is known to the API only, so whoever gets through hears of that.
    assertGetsThrough(asker("ann", WATCHING));
  }

  @Test
  void whoMayEndItSeesAndSteersItToo() {
    Set<Action> more = EnumSet.copyOf(WATCHING);
    more.add(Action.KICK_VIEWER);
    assertThat(shown(asker("operator", more), VIEWER)).isNotNull();
    assertGetsThrough(asker("operator", more));
  }

  @Test
  void anybodyElseHearsOfNoSuchViewer() {
    Asker other = asker("bob", WATCHING);
    assertRefused(() -> shown(other, VIEWER));
    for (String action : List.of("pause", "resume", "live")) {
      assertRefused(
          () -> viewing.order(other, VIEWER, new PlaybackCommand(action, null, null, null, null)));
    }
    assertRefused(() -> shown(asker("ann", WATCHING), UUID.randomUUID()));
    // Whoever may not see recordings any more does not, even if it opened the viewing.
    assertRefused(() -> shown(asker("ann", EnumSet.of(Action.VIEW_STREAM)), VIEWER));
  }

  private void assertGetsThrough(Asker asker) {
    assertThatThrownBy(() -> viewing.order(asker, VIEWER, LIVE))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.detail()).isEqualTo("There is no such viewer."));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.VIEWER_NOT_FOUND);
              assertThat(refusal.detail()).startsWith("There is no viewer ");
            });
  }
}
