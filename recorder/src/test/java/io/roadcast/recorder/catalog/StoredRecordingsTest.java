package io.roadcast.recorder.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.recorder.AnnexBFile;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.retrieve.RangeFile;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.MasterKeys;
import io.roadcast.recorder.store.RemoteStore;
import io.roadcast.recorder.store.Seals;
import io.roadcast.recorder.store.SegmentSource;
import io.roadcast.recorder.store.TestObjectStore;
import io.roadcast.recorder.store.Tiers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted recordings, here and in an object store: read, held, moved, lost, found again. */
@Timeout(180)
class StoredRecordingsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = TestRecorder.STREAM.name();
  private static final Instant LONG_AGO = Instant.EPOCH.plusSeconds(1);

  @TempDir private Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestObjectStore server;
  private SegmentPlaces places;
  private Seals seals;
  private LocalStore local;
  private Tiers tiers;
  private RecordingCatalog catalog;
  private CatalogFollower follower;
  private TestRecorder recorder;
  private Recordings recordings;
  private Tiering tiering;

  @BeforeEach
  void start() throws IOException {
    server = new TestObjectStore(directory.resolve("s3"));
    places = new SegmentPlaces(directory.resolve("recordings"));
    seals = Seals.with(MasterKeys.openOrCreate(directory.resolve("keys")), SegmentForm.SEALED);
    local = new LocalStore(places, seals);
    tiers = new Tiers(local, new RemoteStore(server.objects(), seals));
    catalog = new RecordingCatalog(database.database());
    follower = new CatalogFollower(catalog, places);
    recorder =
        new TestRecorder(TestRecorder.config(places.root(), seals), segment -> true, follower);
    follower.start(recorder.recorder.ring());
    recordings = new Recordings(catalog, recorder.recorder.ring(), tiers);
    tiering =
        new Tiering(
            catalog, local, tiers.remote().orElseThrow(), recorder.recorder.ring(), Duration.ZERO);
  }

  @AfterEach
  void stop() throws IOException {
    recorder.close();
    follower.close();
    database.close();
    server.close();
  }

  @Test
  void aRangeWithAGapIsWhatWasSentHereAndInTheObjectStore() throws Exception {
    List<byte[]> sent = record(4, 5, 3);
    List<Segment> segments = complete();
    assertThat(segments).hasSizeGreaterThan(2);
    assertThat(segments).anyMatch(segment -> !segment.gaps().isEmpty());
    assertThat(segments).allMatch(segment -> segment.place().endsWith(".sealed"));
    Instant from = segments.getFirst().from();
    Instant to = segments.getLast().to();
    RangeFile here = recordings.range(STREAM, "main", from, to, segment -> true);
    byte[] whole = bytes(here, 0, here.length());
    assertThat(slices(whole)).isEqualTo(slicesOf(sent));
    recorder.recorder.ring().expire(Instant.now().plus(Duration.ofHours(1)));
    assertThat(bytes(recordings.range(STREAM, "main", from, to, s -> true), 0, whole.length))
        .isEqualTo(whole);

    tiering.run(Instant.now().plusSeconds(60));
    assertThat(tiering.problem()).isEmpty();
    assertThat(tiering.moved()).isEqualTo(segments.size());
    assertThat(complete()).allMatch(segment -> segment.place().startsWith("s3/kept/"));
    assertThat(files()).isEmpty();
    RangeFile there = recordings.range(STREAM, "main", from, to, segment -> true);
    assertThat(bytes(there, 0, whole.length)).isEqualTo(whole);
    for (int[] part : new int[][] {{0, 1}, {500, 30_000}, {whole.length - 3000, whole.length}}) {
      assertThat(bytes(there, part[0], part[1]))
          .isEqualTo(Arrays.copyOfRange(whole, part[0], part[1]));
    }
    for (Segment segment : complete()) {
      try (SegmentSource source = recordings.open(segment)) {
        byte[] plain = source.read(0, (int) source.length());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain)))
            .isEqualTo(segment.sha256());
      }
      assertThat(tiers.sidecar(segment).segment()).isEqualTo(segment);
      assertThat(recordings.directAddress(segment)).as("sealed by us").isEmpty();
    }
  }

  @Test
  void whileTheObjectStoreIsAwayNothingIsLostAndLaterItIsMoved() throws Exception {
    record(4);
    List<Segment> before = complete();
    recorder.recorder.ring().expire(Instant.now().plus(Duration.ofHours(1)));
    server.gate().shut();
    Instant now = Instant.now().plusSeconds(60);
    tiering.run(now);
    assertThat(tiering.problem()).isPresent();
    assertThat(tiering.failures()).isEqualTo(1);
    assertThat(complete()).isEqualTo(before);
    // It is not asked again at once.
    tiering.run(now);
    assertThat(tiering.failures()).isEqualTo(1);
    server.gate().open();
    server.gate().slow(100_000);
    tiering.run(now.plusSeconds(400));
    assertThat(tiering.problem()).isEmpty();
    assertThat(complete())
        .allMatch(segment -> segment.place().startsWith("s3/"))
        .hasSameSizeAs(before);
    server.gate().shut();
    assertThatThrownBy(() -> recordings.open(complete().getFirst()))
        .isInstanceOf(IOException.class);
    server.gate().slow(Long.MAX_VALUE);
    server.gate().open();
    assertThat(recordings.open(complete().getFirst()).read(0, 4)).hasSize(4);
  }

  @Test
  void aLostCatalogueIsMadeAnewWithItsHoldsAndNothingIsDeletedUntilThatIsConfirmed()
      throws Exception {
    record(7);
    recorder.recorder.ring().expire(Instant.now().plus(Duration.ofHours(1)));
    Retention retention = retention(new RetentionConfig(Duration.ofHours(1), 1L << 40));
    Segment held = complete().getFirst();
    assertThat(retention.hold(held.id(), true)).isTrue();
    assertThat(tiers.sidecar(held).segment().keeping().hold()).isTrue();
    // One that is held is moved with its hold, the others stay here.
    Tiering some =
        new Tiering(
            catalog,
            local,
            tiers.remote().orElseThrow(),
            recorder.recorder.ring(),
            Duration.between(held.to().plusMillis(100), Instant.now()));
    some.run(Instant.now());
    List<Segment> before = complete();
    assertThat(before.stream().filter(each -> RemoteStore.holds(each.place())))
        .extracting(Segment::id)
        .containsExactly(held.id());
    database.database().useTransaction(handle -> handle.execute("DELETE FROM recording_segment"));

    CatalogRebuild.Result result =
        new CatalogRebuild(catalog, new DeletionSwitch(database.database()), tiers).run();
    assertThat(result).isEqualTo(new CatalogRebuild.Result(before.size(), 0, 0));
    assertThat(complete()).isEqualTo(before);
    Instant later = Instant.now().plus(Duration.ofHours(2));
    retention.sweep(later);
    assertThat(retention.delete(before.getLast().id())).isFalse();
    assertThat(complete()).isEqualTo(before);
    assertThat(retention.problem()).isPresent();
    assertThat(retention.deletion().resume()).isTrue();
    retention.sweep(later);
    assertThat(complete()).extracting(Segment::id).containsExactly(held.id());
    assertThat(files()).isEmpty();
    assertThat(retention.hold(held.id(), false)).isTrue();
    retention.sweep(later);
    assertThat(complete()).isEmpty();
    assertThat(tiers.exists(before.getFirst().place())).isFalse();
  }

  @Test
  void aFullDiskTakesTheOldestThatNobodyHolds() throws Exception {
    record(10);
    List<Segment> before = complete();
    assertThat(before).hasSizeGreaterThan(3);
    recorder.recorder.ring().expire(Instant.now().plus(Duration.ofHours(1)));
    long[] free = {1_400};
    DiskGuard guard = new DiskGuard(() -> free[0], 1_000);
    assertThat(guard.problem()).hasValueSatisfying(said -> assertThat(said).contains("nearly"));
    assertThat(guard.missingBytes()).isEqualTo(100);
    Retention retention =
        new Retention(
            database.database(),
            tiers,
            recorder.recorder.ring(),
            new RetentionConfig(Duration.ofHours(1), 1L << 40),
            guard);
    retention.hold(before.getFirst().id(), true);
    retention.makeRoom(Instant.now());
    assertThat(complete())
        .extracting(Segment::id)
        .containsExactlyElementsOf(
            IntStream.range(0, before.size())
                .filter(i -> i != 1)
                .mapToObj(i -> before.get(i).id())
                .toList());
    free[0] = 10_000;
    guard.look();
    assertThat(guard.problem()).isEmpty();
    retention.makeRoom(Instant.now());
    assertThat(complete()).hasSize(before.size() - 1);
  }

  private Retention retention(RetentionConfig config) {
    return new Retention(
        database.database(),
        tiers,
        recorder.recorder.ring(),
        config,
        new DiskGuard(() -> Long.MAX_VALUE, 0));
  }

  private List<byte[]> record(int seconds) throws Exception {
    return record(seconds, 0, 0);
  }

  private List<byte[]> record(int seconds, int pause, int more) throws Exception {
    long before = recorder.recorder.statistics().frames();
    try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
      for (int i = 0; i < seconds; i++) {
        camera.second();
      }
      camera.pause(pause);
      for (int i = 0; i < more; i++) {
        camera.second();
      }
      camera.publication().close();
      await()
          .atMost(SOON)
          .until(
              () ->
                  recorder.recorder.statistics().frames() == before + (seconds + more) * 25L
                      && recorder.recorder.statistics().open() == 0
                      && recorder.recorder.ring().segments().stream()
                          .allMatch(segment -> segment.state() == SegmentState.COMPLETE));
      return camera.sent();
    }
  }

  /** What the catalogue knows, when it knows all that is complete. */
  private List<Segment> complete() {
    await().atMost(SOON).until(() -> follower.behind() == 0);
    RecordingQuery all =
        new RecordingQuery(STREAM, "main", null, LONG_AGO, Instant.now().plus(Duration.ofHours(1)));
    return catalog.list(all, Place.FIRST, 100);
  }

  private List<Path> files() throws IOException {
    try (var found = Files.walk(places.root())) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(Sidecar.SUFFIX + ".new"))
          .toList();
    }
  }

  private static byte[] bytes(RangeFile file, long first, long end) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out, first, end);
    return out.toByteArray();
  }

  private List<ByteBuffer> slices(byte[] mp4) throws Exception {
    return AnnexBFile.slices(Files.write(directory.resolve("range.mp4"), mp4));
  }

  private static List<ByteBuffer> slicesOf(List<byte[]> pictures) throws Exception {
    List<ByteBuffer> slices = new ArrayList<>();
    for (byte[] picture : pictures) {
      AnnexB.split(ByteBuffer.wrap(picture)).stream()
          .filter(AnnexBFile::isSlice)
          .forEach(slices::add);
    }
    return slices;
  }
}
