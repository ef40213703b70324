package io.roadcast.recorder.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.recorder.Probe;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.retrieve.NearRecordings;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that is recorded here is kept: clips come out of the ring. */
@Timeout(120)
class ClipDeskTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int SECONDS = 9;

  @TempDir private Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final EventTables events = new EventTables(database.database());
  private final EventEvidence evidence = new EventEvidence(database.database(), () -> {});
  private TestRecorder recorder;
  private Instant start;
  private volatile Instant now = Instant.now();
  private ClipDesk desk;

  @BeforeEach
  void record() throws Exception {
    Path recordings = directory.resolve("recordings");
    recorder = new TestRecorder(recordings, segment -> false, segment -> {});
    try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
      for (int i = 0; i < SECONDS; i++) {
        camera.second();
      }
      await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() >= SECONDS * 25 - 1);
    }
    await().atMost(SOON).until(() -> recorder.recorder.statistics().open() == 0);
    start = recorder.recorder.ring().segments().getFirst().from();
    now = start.plusSeconds(4);
    desk = desk();
  }

  private ClipDesk desk() {
    SegmentPlaces places = new SegmentPlaces(directory.resolve("recordings"));
    LocalStore store = new LocalStore(places, Seals.none());
    Recordings kept =
        new Recordings(new RecordingCatalog(database.database()), recorder.recorder.ring(), store);
    return new ClipDesk(
        new NearRecordings(recorder.recorder.ring(), kept, store),
        evidence,
        events,
        directory,
        clip -> "a picture".getBytes(StandardCharsets.US_ASCII),
        () -> now);
  }

  @AfterEach
  void stop() {
    desk.close();
    recorder.close();
    database.close();
  }

  private SafetyEvent event(String terminal, Instant at) {
    EventReport report =
        new EventReport(
            Phase.POINT,
            at.toString(),
            "fatigue",
            new EventType(EventKind.DSM, "fatigue"),
            Severity.CRITICAL,
            "jsatl12",
            terminal,
            EventOwner.NOBODY,
            null,
            null,
            null,
            at,
            at,
            false,
            null,
            "{}");
    return new EventIntake(
            database.database(), (event, groups) -> Verdict.plain(event), () -> at, () -> {})
        .report(List.of(report))
        .getFirst();
  }

  private Evidence settled(SafetyEvent event, EvidenceKind kind) {
    await()
        .atMost(SOON)
        .until(
            () ->
                evidence.of(event.id()).stream()
                    .anyMatch(
                        each -> each.kind() == kind && each.state() != EvidenceState.REQUESTED));
    return evidence.of(event.id()).stream()
        .filter(each -> each.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void aClipHasWhatWasBeforeAndAfterAndOutlivesItsSegments() throws Exception {
    SafetyEvent event = event("13912345678", now);
    desk.cut(event, Set.of(), now.minusSeconds(2), now.plusSeconds(3));
    assertThat(evidence.of(event.id()))
        .extracting(Evidence::state)
        .containsExactly(EvidenceState.REQUESTED);
    assertThat(evidence.of(event.id()).getFirst().channel()).isEqualTo(1);
    now = start.plusSeconds(8);
    Evidence clip = settled(event, EvidenceKind.CLIP);
    assertThat(clip.state()).isEqualTo(EvidenceState.COMPLETE);
    assertThat(clip.from()).isEqualTo(event.at().minusSeconds(2));
    assertThat(Duration.between(event.at(), Objects.requireNonNull(clip.to())).toMillis())
        .isBetween(3000L, 4000L);
    recorder.recorder.ring().expire(Instant.now().plus(Duration.ofDays(1)));
    assertThat(recorder.recorder.ring().segments()).isEmpty();
    Path file = directory.resolve(Objects.requireNonNull(clip.place()));
    assertThat(sha256(file)).isEqualTo(clip.sha256());
    // From the keyframe at or before the second 2, up to the fragment that the second 7 is in.
    assertThat(Probe.pictures(file)).isBetween(5 * 25, 6 * 25 + 20);
    assertThat(settled(event, EvidenceKind.THUMBNAIL).contentType()).isEqualTo("image/jpeg");
    Evidence manifest = settled(event, EvidenceKind.MANIFEST);
    assertThat(Files.readString(directory.resolve(Objects.requireNonNull(manifest.place()))))
        .contains(Objects.requireNonNull(clip.sha256()))
        .contains(event.id().toString());
    assertThat(desk.statistics().complete()).isEqualTo(1);
    // The same wish is the same clip.
    desk.cut(event, Set.of(), event.at().minusSeconds(2), event.at().plusSeconds(3));
    assertThat(evidence.of(event.id()))
        .extracting(Evidence::kind)
        .containsExactlyInAnyOrder(
            EvidenceKind.CLIP, EvidenceKind.THUMBNAIL, EvidenceKind.MANIFEST);
  }

  @Test
  void whatWasNotLiveIsSaidAndTheWishStays() throws Exception {
    SafetyEvent other = event("13912345679", now);
    desk.cut(other, Set.of(), now.minusSeconds(2), now.plusSeconds(1));
    SafetyEvent early = event("13912345678", start.plusSeconds(1));
    desk.cut(early, Set.of(1, 2), start.minusSeconds(9), start.plusSeconds(3));
    now = start.plusSeconds(60);
    Evidence wish = settled(other, EvidenceKind.CLIP);
    assertThat(wish.state()).isEqualTo(EvidenceState.AWAITING_DEVICE);
    assertThat(wish.reason()).isEqualTo("NOTHING_LIVE");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(evidence.of(early.id()))
                    .filteredOn(each -> each.kind() == EvidenceKind.CLIP)
                    .extracting(Evidence::state)
                    .containsExactlyInAnyOrder(
                        EvidenceState.PARTIAL, EvidenceState.AWAITING_DEVICE));
    assertThat(evidence.of(early.id()))
        .filteredOn(each -> each.state() == EvidenceState.PARTIAL)
        .allSatisfy(
            clip -> {
              assertThat(clip.from()).isEqualTo(start);
              assertThat(clip.reason()).isEqualTo("NOT_LIVE_ALL_THE_TIME");
            });
  }

  @Test
  void whatWasOpenGoesOnAfterARestart() throws Exception {
    SafetyEvent event = event("13912345678", now);
    desk.cut(event, Set.of(1), now.minusSeconds(2), now.plusSeconds(2));
    desk.close();
    now = start.plusSeconds(9);
    desk = desk();
    desk.resume();
    assertThat(settled(event, EvidenceKind.CLIP).state()).isEqualTo(EvidenceState.COMPLETE);
  }
}
