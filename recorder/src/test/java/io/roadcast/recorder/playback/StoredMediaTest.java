package io.roadcast.recorder.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.recorder.Probe;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.catalog.CatalogFollower;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.catalog.Tiering;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.retrieve.HlsPart;
import io.roadcast.recorder.retrieve.HlsPlaylist;
import io.roadcast.recorder.retrieve.Piece;
import io.roadcast.recorder.retrieve.RangeFile;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.still.Stills;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.MasterKeys;
import io.roadcast.recorder.store.RemoteStore;
import io.roadcast.recorder.store.Seals;
import io.roadcast.recorder.store.StorageUnavailableException;
import io.roadcast.recorder.store.TestObjectStore;
import io.roadcast.recorder.store.Tiers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Playback, HLS, small pictures and exact ranges of what lies in an object store, and before. */
@ParameterizedClass
@EnumSource(SegmentForm.class)
@Timeout(180)
class StoredMediaTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = TestRecorder.STREAM.name();
  private static final int SECONDS = 7;
  private static final Pattern PART =
      Pattern.compile("/([0-9a-f-]{36})/part.m4s[?]first=([0-9]+)&end=([0-9]+)&base=([0-9]+)");

  @TempDir private Path directory;
  private final SegmentForm form;
  private final TestDatabase database = TestDatabase.create();
  private final GroupCoder coder = new GroupCoder();
  private TestObjectStore server;
  private SegmentPlaces places;
  private LocalStore local;
  private Tiers tiers;
  private RecordingCatalog catalog;
  private CatalogFollower follower;
  private TestRecorder recorder;
  private Recordings recordings;
  private Stills stills;

  /** All that a viewer may want of it. */
  private record Media(
      List<ByteBuffer> played, List<ByteBuffer> parts, ByteBuffer exact, int greyOfStill) {}

  StoredMediaTest(SegmentForm form) {
    this.form = form;
  }

  @BeforeEach
  void start() throws IOException {
    server = new TestObjectStore(directory.resolve("s3"));
    places = new SegmentPlaces(directory.resolve("recordings"));
    stills = new Stills(directory.resolve("stills"), 1 << 20);
    Seals seals = Seals.with(MasterKeys.openOrCreate(directory.resolve("keys")), form);
    local = new LocalStore(places, seals);
    tiers = new Tiers(local, new RemoteStore(server.objects(), seals));
    catalog = new RecordingCatalog(database.database());
    follower = new CatalogFollower(catalog, places);
    recorder =
        new TestRecorder(TestRecorder.config(places.root(), seals), segment -> true, follower);
    follower.start(recorder.recorder.ring());
    recordings = new Recordings(catalog, recorder.recorder.ring(), tiers);
  }

  @AfterEach
  void stop() throws IOException {
    recorder.close();
    follower.close();
    database.close();
    stills.close();
    coder.close();
    server.close();
  }

  @Test
  void whatLiesElsewhereIsShownAlike() throws Exception {
    List<ByteBuffer> sent = record();
    recorder.recorder.ring().expire(Instant.now().plus(Duration.ofHours(1)));
    Media here = media();
    assertThat(here.played).isEqualTo(sent);
    Tiering tiering =
        new Tiering(
            catalog, local, tiers.remote().orElseThrow(), recorder.recorder.ring(), Duration.ZERO);
    tiering.run(Instant.now().plusSeconds(60));
    assertThat(tiering.problem()).isEmpty();
    assertThat(segments()).allMatch(segment -> RemoteStore.holds(segment.place()));
    // What was made before is not remembered.
    stills.close();
    stills = new Stills(directory.resolve("stills"), 1 << 20);
    Media there = media();
    assertThat(there).isEqualTo(here);

    Piece piece = recordings.piece(segments().getFirst());
    server.gate().shut();
    assertThatThrownBy(() -> HlsPart.header(piece)).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> recordings.piece(segments().getFirst()))
        .isInstanceOf(StorageUnavailableException.class);
    server.gate().open();
    assertThat(HlsPart.header(piece)).isNotEmpty();
  }

  private Media media() throws Exception {
    List<Segment> segments = segments();
    Instant from = segments.getFirst().from();
    Instant to = segments.getLast().to();
    List<Piece> pieces = recordings.pieces(STREAM, "main", from, to, segment -> true);
    Instant wanted = from.plusMillis(1500);
    byte[] still = stills.single(recordings.piece(segments.getFirst()), wanted).orElseThrow();
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(still));
    assertThat(picture.getWidth()).isEqualTo(320);
    assertThat(stills.sheet(recordings.piece(segments.getFirst()), 0, 1)).isPresent();
    RangeFile exact = recordings.exactRange(STREAM, "main", wanted, to, s -> true, coder);
    assertThat(exact.startOffset()).isZero();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exact.write(out, 0, exact.length());
    return new Media(
        played(from),
        parts(pieces, from, to),
        ByteBuffer.wrap(out.toByteArray()),
        picture.getRGB(160, 120) & 0xff);
  }

  /** The NAL units that a playback would show. */
  private List<ByteBuffer> played(Instant from) throws Exception {
    Reel reel =
        new Reel(
            new Archive(recorder.recorder.ring(), catalog, tiers)
                .of(TestRecorder.STREAM, segment -> true));
    List<ByteBuffer> units = new ArrayList<>();
    reel.seek(from).forEach(frame -> units.addAll(frame.nalUnits()));
    for (RecordedFrame frame = reel.next(Reel.Pace.ALL);
        frame != null;
        frame = reel.next(Reel.Pace.ALL)) {
      units.addAll(((RecordedFrame.Picture) frame).nalUnits());
    }
    return units.stream().map(StoredMediaTest::copy).toList();
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    byte[] own = new byte[bytes.remaining()];
    bytes.duplicate().get(own);
    return ByteBuffer.wrap(own);
  }

  /** The parts that a playlist names; ffprobe finds all pictures in them. */
  private List<ByteBuffer> parts(List<Piece> pieces, Instant from, Instant to) throws Exception {
    String playlist = HlsPlaylist.of(pieces, from, to, address -> address);
    List<ByteBuffer> parts = new ArrayList<>();
    int pictures = 0;
    for (Piece piece : pieces) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(HlsPart.header(piece));
      Matcher named = PART.matcher(playlist);
      while (named.find()) {
        if (named.group(1).equals(piece.segment().id().toString())) {
          byte[] part =
              HlsPart.read(
                      piece,
                      Long.parseLong(named.group(2)),
                      Long.parseLong(named.group(3)),
                      Instant.ofEpochSecond(Long.parseLong(named.group(4))))
                  .orElseThrow();
          parts.add(ByteBuffer.wrap(part));
          file.writeBytes(part);
        }
      }
      Path written = Files.write(directory.resolve("parts.mp4"), file.toByteArray());
      pictures += Probe.ask(written, "packet=pts_time", "-select_streams", "v").size();
    }
    assertThat(pictures).isEqualTo(SECONDS * TestCamera.FRAMES_PER_SECOND);
    return parts;
  }

  private List<ByteBuffer> record() throws Exception {
    long frames = SECONDS * (long) TestCamera.FRAMES_PER_SECOND;
    try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
      for (int i = 0; i < SECONDS; i++) {
        camera.second();
      }
      camera.publication().close();
      await()
          .atMost(SOON)
          .until(
              () ->
                  recorder.recorder.statistics().frames() == frames
                      && recorder.recorder.statistics().open() == 0
                      && recorder.recorder.ring().segments().stream()
                          .allMatch(segment -> segment.state() == SegmentState.COMPLETE));
      List<ByteBuffer> units = new ArrayList<>();
      for (byte[] picture : camera.sent()) {
        units.addAll(AnnexB.split(ByteBuffer.wrap(Arrays.copyOf(picture, picture.length))));
      }
      return units;
    }
  }

  private List<Segment> segments() {
    await().atMost(SOON).until(() -> follower.behind() == 0);
    RecordingQuery all =
        new RecordingQuery(
            STREAM,
            "main",
            null,
            Instant.EPOCH.plusSeconds(1),
            Instant.now().plus(Duration.ofHours(1)));
    return catalog.list(all, Place.FIRST, 100);
  }
}
