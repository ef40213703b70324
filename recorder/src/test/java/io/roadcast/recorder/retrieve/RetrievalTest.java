package io.roadcast.recorder.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.recorder.AnnexBFile;
import io.roadcast.recorder.Probe;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.catalog.CatalogFollower;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.catalog.Retention;
import io.roadcast.recorder.catalog.RetentionConfig;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.segment.Gap;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From pictures to catalogue, and from there to files that others can read. */
@Timeout(180)
class RetrievalTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = TestRecorder.STREAM.name();
  private static final Instant LONG_AGO = Instant.EPOCH.plusSeconds(1);

  private static final Pattern PART = Pattern.compile("first=([0-9]+)&end=([0-9]+)&base=([0-9]+)");

  @TempDir private Path directory;
  private final TestDatabase database = TestDatabase.create();
  private SegmentPlaces places;
  private RecordingCatalog catalog;
  private CatalogFollower follower;
  private TestRecorder recorder;
  private Recordings recordings;

  @BeforeEach
  void start() throws IOException {
    places = new SegmentPlaces(directory);
    catalog = new RecordingCatalog(database.database());
    open();
  }

  private void open() throws IOException {
    follower = new CatalogFollower(catalog, places);
    recorder = new TestRecorder(directory, segment -> true, follower);
    follower.start(recorder.recorder.ring());
    recordings =
        new Recordings(catalog, recorder.recorder.ring(), new LocalStore(places, Seals.none()));
  }

  @AfterEach
  void stop() {
    recorder.close();
    follower.close();
    database.close();
  }

  @Test
  void aRangeOverSeveralSegmentsHoldsWhatWasSent() throws Exception {
    List<byte[]> sent = record(10);
    List<Segment> segments = complete();
    assertThat(segments).hasSizeGreaterThan(3);
    Instant start = segments.getFirst().from();
    RangeFile file = range(start.plusMillis(2500), start.plusMillis(7300));
    assertThat(file.startOffset().toMillis()).isBetween(400L, 600L);
    Path written = write(file);
    assertThat(Files.size(written)).isEqualTo(file.length());
    // From the keyframe at 2 s up to the fragment that 7.3 s is in.
    List<ByteBuffer> got = AnnexBFile.slices(written);
    List<ByteBuffer> expected = new ArrayList<>();
    for (int i = 50; i < 50 + got.size(); i++) {
      AnnexB.split(ByteBuffer.wrap(sent.get(i))).stream()
          .filter(AnnexBFile::isSlice)
          .forEach(expected::add);
    }
    assertThat(got.size()).isBetween(133, 152);
    assertThat(got).isEqualTo(expected);
    List<String> times = Probe.ask(written, "frame=pts_time", "-select_streams", "v");
    // The wanted time is 0; what is before it is there to be decoded only.
    assertThat(Double.parseDouble(times.getFirst()))
        .isBetween(-0.001 - file.startOffset().toMillis() / 1000.0, -0.4);
    for (int i = 1; i < times.size(); i++) {
      double step = Double.parseDouble(times.get(i)) - Double.parseDouble(times.get(i - 1));
      assertThat(step).isBetween(0.0398, 0.0402);
    }
  }

  @Test
  void anyRangeOfBytesIsThatOfTheWhole() throws Exception {
    record(7);
    Instant start = complete().getFirst().from();
    RangeFile file = range(start, start.plusSeconds(6));
    byte[] whole = bytes(file, 0, file.length());
    assertThat(whole).hasSize((int) file.length());
    for (long[] part :
        new long[][] {{0, 10}, {100, 20_000}, {file.length() - 5000, file.length()}}) {
      assertThat(bytes(range(start, start.plusSeconds(6)), part[0], part[1]))
          .isEqualTo(Arrays.copyOfRange(whole, (int) part[0], (int) part[1]));
    }
    assertThatThrownBy(() -> range(start.minusSeconds(60), start.minusSeconds(50)))
        .isInstanceOf(NothingRecordedException.class);
  }

  @Test
  void aPlaylistPlaysEveryPicture() throws Exception {
    record(8);
    Instant start = complete().getFirst().from();
    Path playlist = playlist(start, start.plusSeconds(9));
    assertThat(
            Probe.ask(
                playlist,
                "stream=nb_read_frames",
                "-allowed_extensions",
                "ALL",
                "-extension_picky",
                "0",
                "-select_streams",
                "v",
                "-count_frames"))
        .contains("200");
  }

  @Test
  void aPlaylistOfALaterTimeNamesTheSameParts() throws Exception {
    record(8);
    Instant start = complete().getFirst().from();
    List<String> whole = Files.readAllLines(playlist(start, start.plusSeconds(9)));
    List<String> later = Files.readAllLines(playlist(start.plusMillis(5200), start.plusSeconds(9)));
    List<String> parts = later.stream().filter(line -> line.endsWith(".m4s")).toList();
    assertThat(parts).isNotEmpty();
    assertThat(whole).containsAll(parts).hasSizeGreaterThan(later.size());
    assertThat(later).anyMatch(line -> line.startsWith("#EXT-X-START:TIME-OFFSET="));
    assertThat(later).noneMatch(line -> line.equals("#EXT-X-DISCONTINUITY"));
  }

  @Test
  void nothingButWholeFragmentsIsAPart() throws Exception {
    record(4);
    Segment segment = complete().getFirst();
    Piece piece = recordings.piece(segment);
    long first = piece.fragments().getFirst().offset();
    long end = first + piece.fragments().getFirst().length();
    Instant base = segment.from().minusSeconds(5);
    assertThat(HlsPart.read(piece, first, end, base)).isPresent();
    assertThat(HlsPart.read(piece, first + 1, end, base)).isEmpty();
    assertThat(HlsPart.read(piece, first, end + 1, base)).isEmpty();
    assertThat(HlsPart.read(piece, 0, end, base)).isEmpty();
    assertThat(HlsPart.read(piece, first, first, base)).isEmpty();
    assertThat(HlsPart.read(piece, first, end, segment.to())).isEmpty();
  }

  @Test
  void theTimelineJoinsSegmentsAndShowsGaps() throws Exception {
    record(10);
    List<Segment> segments = complete();
    Instant from = segments.getFirst().from().minusSeconds(60);
    RecordingQuery query =
        new RecordingQuery(STREAM, null, null, from, Instant.now().plus(Duration.ofHours(1)));
    Timeline timeline = new Timeline(List.of(new ServerTimeline(recordings)));
    List<Timeline.Line> lines = timeline.lines(query, span -> true);
    assertThat(lines).hasSize(1);
    assertThat(segments).hasSizeGreaterThan(3);
    assertThat(lines.getFirst().spans())
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.from()).isEqualTo(segments.getFirst().from());
              assertThat(span.to()).isEqualTo(segments.getLast().to());
            });
    Segment lost = segments.get(1);
    catalog.put(List.of(lost.in(SegmentState.LOST)));
    Timeline.Line line = timeline.lines(query, span -> true).getFirst();
    assertThat(line.spans()).hasSize(2);
    assertThat(line.gaps()).containsExactly(new Gap(segments.get(0).to(), segments.get(2).from()));
    assertThat(timeline.lines(query, span -> false)).isEmpty();
    List<RecordedDay> days = timeline.days(query, ZoneOffset.UTC, day -> true);
    assertThat(days.getFirst().day())
        .isEqualTo(LocalDate.ofInstant(segments.getFirst().from(), ZoneOffset.UTC));
    assertThat(days.getFirst().stream()).isEqualTo(STREAM);
  }

  /** Its parts are files beside it. */
  private Path playlist(Instant from, Instant to) throws Exception {
    List<Piece> pieces = recordings.pieces(STREAM, "main", from, to, segment -> true);
    UnaryOperator<String> toFile =
        address -> {
          String[] path = address.split("[/?]", 0);
          Piece piece =
              pieces.stream()
                  .filter(each -> each.segment().id().toString().equals(path[4]))
                  .findFirst()
                  .orElseThrow();
          try {
            if (path[5].equals("init.mp4")) {
              Path file = directory.resolve(path[4] + "-init.mp4");
              return Files.write(file, HlsPart.header(piece)).toString();
            }
            Matcher query = PART.matcher(path[6]);
            assertThat(query.matches()).as(path[6]).isTrue();
            long first = Long.parseLong(query.group(1));
            Instant base = Instant.ofEpochSecond(Long.parseLong(query.group(3)));
            byte[] part =
                HlsPart.read(piece, first, Long.parseLong(query.group(2)), base).orElseThrow();
            return Files.write(directory.resolve(path[4] + "-" + first + ".m4s"), part).toString();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    return Files.writeString(
        directory.resolve(from.toEpochMilli() + ".m3u8"), HlsPlaylist.of(pieces, from, to, toFile));
  }

  @Test
  void theCatalogueCatchesUpWhenTheDatabaseIsBack() throws Exception {
    database.cutOff();
    record(4);
    await().atMost(SOON).until(() -> follower.behind() > 0);
    database.restore();
    await().atMost(SOON).until(() -> follower.behind() == 0 && !complete().isEmpty());
    assertThat(complete().stream().mapToLong(Segment::frames).sum()).isEqualTo(100);
  }

  @Test
  void filesAndCatalogueAreComparedAtTheStart() throws Exception {
    record(7);
    List<Segment> before = complete();
    assertThat(before).hasSizeGreaterThan(2);
    recorder.close();
    follower.close();
    Segment lost = before.get(0);
    Files.delete(places.file(lost.place()));
    database
        .database()
        .useTransaction(
            handle ->
                handle.execute("DELETE FROM recording_segment WHERE id = ?", before.get(1).id()));
    open();
    await()
        .atMost(SOON)
        .until(
            () ->
                catalog.find(lost.id()).orElseThrow().state() == SegmentState.LOST
                    && catalog.find(before.get(1).id()).isPresent());
    assertThat(complete()).isEqualTo(before.subList(1, before.size()));
  }

  @Test
  void whatIsTooOldGoesUnlessItIsHeld() throws Exception {
    record(7);
    List<Segment> before = complete();
    Retention retention = retention(new RetentionConfig(Duration.ofHours(1), 1L << 40));
    retention.sweep(Instant.now());
    assertThat(complete()).isEqualTo(before);
    assertThat(retention.hold(before.getFirst().id(), true)).isTrue();
    assertThat(retention.delete(before.getFirst().id())).isFalse();
    retention.sweep(Instant.now().plus(Duration.ofHours(2)));
    Segment left = before.getFirst();
    assertThat(complete()).containsExactly(left.in(left.keeping().held(true)));
    assertThat(places.file(before.getFirst().place())).exists();
    for (Segment gone : before.subList(1, before.size())) {
      assertThat(places.file(gone.place())).doesNotExist();
      assertThat(Sidecar.of(places.file(gone.place()))).doesNotExist();
      assertThat(catalog.find(gone.id()).orElseThrow().state()).isEqualTo(SegmentState.DELETED);
    }
  }

  @Test
  void theOldestGoWhereThereIsTooMuch() throws Exception {
    record(10);
    List<Segment> before = complete();
    long all = before.stream().mapToLong(Segment::bytes).sum();
    Retention retention = retention(new RetentionConfig(Duration.ofHours(1), all - 1));
    retention.sweep(Instant.now());
    assertThat(complete()).isEqualTo(before.subList(1, before.size()));
  }

  private Retention retention(RetentionConfig config) {
    return new Retention(
        database.database(),
        new LocalStore(places, Seals.none()),
        recorder.recorder.ring(),
        config,
        new DiskGuard(() -> Long.MAX_VALUE, 0));
  }

  private List<byte[]> record(int seconds) throws Exception {
    try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
      for (int i = 0; i < seconds; i++) {
        camera.second();
      }
      long frames = seconds * 25L;
      await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() >= frames - 1);
      camera.publication().close();
      await()
          .atMost(SOON)
          .until(
              () ->
                  !recorder.complete().isEmpty()
                      && recorder.recorder.ring().segments().stream()
                          .allMatch(segment -> segment.state() == SegmentState.COMPLETE)
                      && recorder.recorder.statistics().frames() == frames
                      && recorder.recorder.statistics().open() == 0);
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

  private RangeFile range(Instant from, Instant to) throws Exception {
    return recordings.range(STREAM, "main", from, to, segment -> true);
  }

  private Path write(RangeFile file) throws IOException {
    return Files.write(directory.resolve("range.mp4"), bytes(file, 0, file.length()));
  }

  private static byte[] bytes(RangeFile file, long first, long end) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out, first, end);
    return out.toByteArray();
  }
}
