package io.roadcast.recorder.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.router.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a viewer's worker would be given of a playback, and when. */
@Timeout(120)
class PlaybackTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private TestDatabase database;
  private TestRecorder recorder;
  private TestCamera camera;
  private final Wall wall = new Wall();
  private Playback playback;

  @BeforeEach
  void record() throws Exception {
    database = TestDatabase.create();
    recorder = new TestRecorder(directory, segment -> false, segment -> {});
    camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240);
    for (int i = 0; i < 12; i++) {
      camera.second();
    }
    await().atMost(SOON).until(() -> written() >= 270);
    Archive archive =
        new Archive(
            recorder.recorder.ring(),
            new RecordingCatalog(database.database()),
            new LocalStore(new SegmentPlaces(directory), Seals.none()));
    playback =
        new Playback(
            TestRecorder.STREAM,
            recorder.router,
            archive.of(TestRecorder.STREAM, segment -> true),
            wall,
            wall,
            Instant.now());
    playback.start();
  }

  @AfterEach
  void stop() {
    playback.close();
    camera.close();
    await().atMost(SOON).until(() -> wall.stream == null || wall.ended);
    recorder.close();
    database.close();
  }

  @Test
  void standsStillGoesOnAndSteps() throws Exception {
    obey(new PlaybackOrder.Pause());
    obey(new PlaybackOrder.Seek(first().plusSeconds(2)));
    assertThat(wall.pictures).as("the keyframe at 2 s").hasSize(1);
    obey(new PlaybackOrder.Step(PlaybackOrder.Direction.FORWARD));
    obey(new PlaybackOrder.Step(PlaybackOrder.Direction.FORWARD));
    assertThat(wall.pictures).hasSize(3);
    Instant third = playback.status().at();
    assertThat(Duration.between(first(), third).toMillis()).isBetween(2075L, 2085L);
    PlaybackStatus back = obey(new PlaybackOrder.Step(PlaybackOrder.Direction.BACKWARD));
    assertThat(Duration.between(back.at(), third).toMillis()).isBetween(39L, 41L);
    assertThat(wall.pictures).as("from the keyframe to that one").hasSize(3 + 2);
    assertThat(back.state()).isEqualTo(PlaybackState.PAUSED);
    obey(new PlaybackOrder.Resume());
    await().atMost(SOON).until(() -> wall.pictures.size() > 20);
  }

  @Test
  void showsKeyframesOnlyWhereNobodyCouldFollow() throws Exception {
    obey(new PlaybackOrder.Speed(16));
    obey(new PlaybackOrder.Seek(first()));
    await().atMost(SOON).until(() -> wall.pictures.size() >= 8);
    assertThat(wall.pictures).allMatch(shown -> shown.keyframe);
    obey(new PlaybackOrder.Speed(1));
    int before = wall.pictures.size();
    await().atMost(SOON).until(() -> wall.pictures.size() > before + 3);
    List<Shown> since = wall.pictures.subList(before, wall.pictures.size());
    assertThat(since.get(0).keyframe).as("decoding begins anew").isTrue();
    assertThat(since.get(1).keyframe).isFalse();
  }

  @Test
  void itsTimeIsThisServers() throws Exception {
    obey(new PlaybackOrder.Speed(4));
    obey(new PlaybackOrder.Seek(first()));
    await().atMost(SOON).until(() -> wall.pictures.size() > 60);
    List<Shown> shown = List.copyOf(wall.pictures);
    for (int i = 1; i < shown.size(); i++) {
      long step = shown.get(i).micros - shown.get(i - 1).micros;
      assertThat(step).as("a quarter of 40 ms, or a pause of the machine").isGreaterThan(9_000);
    }
    long usual = shown.stream().skip(1).filter(each -> each.stepFrom(shown) < 11_000).count();
    assertThat(usual).isGreaterThan(40);
  }

  @Test
  void whoCatchesUpIsTold() throws Exception {
    obey(new PlaybackOrder.Speed(8));
    obey(new PlaybackOrder.Seek(first().plusSeconds(9)));
    await().atMost(SOON).until(() -> wall.caughtUp);
  }

  @Test
  void endsWhereNothingFollowsAndNobodySends() throws Exception {
    camera.close();
    recorder.router.endInterrupted(TestRecorder.STREAM, "over");
    obey(new PlaybackOrder.Seek(first().plusSeconds(11)));
    await().atMost(SOON).until(() -> playback.status().state() == PlaybackState.ENDED);
    PlaybackStatus again = obey(new PlaybackOrder.Seek(first()));
    assertThat(again.state()).isEqualTo(PlaybackState.PLAYING);
  }

  @Test
  void anotherCodecThanWasAgreedIsRefused() {
    wall.takesAny = false;
    assertThatThrownBy(() -> obey(new PlaybackOrder.Seek(first())))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            PlaybackException.class,
            refusal ->
                assertThat(refusal.code()).isEqualTo(PlaybackException.Code.CODEC_NOT_SUPPORTED));
    assertThat(wall.stream).isNull();
  }

  @Test
  void aTimeOfWhichThereIsNothingIsRefused() {
    assertThatThrownBy(() -> obey(new PlaybackOrder.Seek(first().plusSeconds(3600))))
        .cause()
        .isInstanceOfSatisfying(
            PlaybackException.class,
            refusal ->
                assertThat(refusal.code()).isEqualTo(PlaybackException.Code.NOTHING_RECORDED));
  }

  private PlaybackStatus obey(PlaybackOrder order) throws Exception {
    return playback.order(order).get();
  }

  private long written() {
    return recorder.recorder.ring().segments().stream().mapToLong(Segment::frames).sum();
  }

  private Instant first() {
    return recorder.recorder.ring().segments().getFirst().from();
  }

  /** A picture that was shown, and its time. */
  private record Shown(boolean keyframe, long micros, int number) {
    long stepFrom(List<Shown> all) {
      return number == 0 ? Long.MAX_VALUE : micros - all.get(number - 1).micros;
    }
  }

  /** Takes note of what is shown on it. */
  private static final class Wall implements Screen, Playback.Events, BlockSink {
    final List<Shown> pictures = new CopyOnWriteArrayList<>();
    volatile boolean takesAny = true;
    volatile @Nullable Stream stream;
    volatile boolean caughtUp;
    volatile boolean ended;

    @Override
    public boolean show(Stream next) {
      if (!takesAny) {
        return false;
      }
      Stream before = stream;
      if (before != null) {
        before.unsubscribe(this);
      }
      stream = next;
      next.subscribe(this);
      return true;
    }

    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      new ArrayList<>(groupOfPictures).forEach(this::accept);
    }

    @Override
    public void accept(RtpBlock block) {
      if (block.codec().medium() == Medium.VIDEO) {
        pictures.add(new Shown(block.keyframe(), block.timeMicros(), pictures.size()));
      }
      block.release();
    }

    @Override
    public void interrupted() {}

    @Override
    public void resumed() {}

    @Override
    public void ended(String reason) {
      ended = true;
    }

    @Override
    public void changed(PlaybackStatus status) {}

    @Override
    public void caughtUp() {
      caughtUp = true;
    }

    @Override
    public void failed(String reason) {}
  }
}
