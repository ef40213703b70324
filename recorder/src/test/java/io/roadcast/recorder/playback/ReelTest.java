package io.roadcast.recorder.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.media.Codec;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read again is what was recorded, up to the last fragment that is written. */
@Timeout(120)
class ReelTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private TestDatabase database;
  private TestRecorder recorder;
  private TestCamera camera;
  private Footage footage;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.create();
    recorder = new TestRecorder(directory, segment -> false, segment -> {});
    camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240);
    footage =
        new Archive(
                recorder.recorder.ring(),
                new RecordingCatalog(database.database()),
                new LocalStore(new SegmentPlaces(directory), Seals.none()))
            .of(TestRecorder.STREAM, segment -> true);
  }

  @AfterEach
  void stop() {
    camera.close();
    recorder.close();
    database.close();
  }

  @Test
  void readsOnIntoWhatIsBeingWritten() throws Exception {
    camera.second();
    camera.second();
    Instant first = begin(26);
    Reel reel = new Reel(footage);
    List<RecordedFrame> read = new ArrayList<>(reel.seek(first));
    assertThat(read).hasSize(1);
    drain(reel, read);
    int before = read.size();
    assertThat(before).isBetween(25, 50);
    for (int i = 0; i < 8; i++) {
      camera.second(); // over the end of a segment, every three seconds
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              drain(reel, read);
              assertThat(read.size()).isGreaterThan(225);
            });
    assertSame(read, 0);
    assertThat(read).isSortedAccordingTo((a, b) -> Long.compare(a.micros(), b.micros()));
  }

  @Test
  void goesToTheKeyframeBeforeATimeAndTellsWhatLeadsThere() throws Exception {
    for (int i = 0; i < 5; i++) {
      camera.second();
    }
    Instant first = begin(100);
    Reel reel = new Reel(footage);
    List<RecordedFrame.Picture> lead = reel.seek(first.plusMillis(1500));
    assertThat(lead).hasSize(38 - 25); // 1.48 s is picture 37, the keyframe is 25
    assertThat(lead.getFirst().keyframe()).isTrue();
    assertSame(List.copyOf(lead), 25);
    List<RecordedFrame> next = new ArrayList<>();
    next.add(next(reel, Reel.Pace.ALL));
    assertSame(next, 38);
    List<RecordedFrame> keyframes = new ArrayList<>();
    keyframes.add(next(reel, Reel.Pace.KEYFRAMES));
    keyframes.add(next(reel, Reel.Pace.KEYFRAMES));
    assertSame(keyframes.subList(0, 1), 50);
    assertSame(keyframes.subList(1, 2), 75);
  }

  @Test
  void aTimeThatIsNotWrittenYetIsTheLastPictureThatIs() throws Exception {
    camera.second();
    camera.second();
    camera.second();
    Instant first = begin(50);
    Reel reel = new Reel(footage);
    List<RecordedFrame.Picture> lead = reel.seek(first.plusSeconds(4));
    assertThat(lead).isNotEmpty();
    assertThat(reel.seek(first.minusSeconds(3600))).as("the first there is").hasSize(1);
    assertThat(reel.seek(first.plusSeconds(3600))).as("much too late").isEmpty();
  }

  @Test
  void whatIsForbiddenIsNotThere() throws Exception {
    camera.second();
    camera.second();
    Instant first = begin(26);
    Footage none =
        new Archive(
                recorder.recorder.ring(),
                new RecordingCatalog(database.database()),
                new LocalStore(new SegmentPlaces(directory), Seals.none()))
            .of(TestRecorder.STREAM, segment -> false);
    assertThat(new Reel(none).seek(first)).isEmpty();
    assertThat(none.spans(first, first.plusSeconds(10))).isEmpty();
    assertThat(footage.spans(first, first.plusSeconds(10))).hasSize(1);
  }

  @Test
  void soundComesWithAHeaderAndInItsTime() throws Exception {
    camera.second();
    for (int i = 1; i < 10; i++) {
      camera.sound((i - 1) * 25, i * 25);
      camera.second();
    }
    Instant first = begin(200);
    Reel reel = new Reel(footage);
    reel.seek(first.plusMillis(4500));
    List<RecordedFrame> read = new ArrayList<>();
    drain(reel, read);
    List<RecordedFrame.Sound> sounds =
        read.stream()
            .filter(RecordedFrame.Sound.class::isInstance)
            .map(RecordedFrame.Sound.class::cast)
            .toList();
    assertThat(sounds).isNotEmpty();
    assertThat(sounds)
        .allMatch(sound -> (sound.adts().getShort(0) & 0xfff6) == 0xfff0)
        .allMatch(sound -> lengthOf(sound) == sound.adts().remaining());
  }

  private static int lengthOf(RecordedFrame.Sound sound) {
    int bits = sound.adts().getInt(2);
    return bits >> 5 & 0x1fff;
  }

  /** When the first picture was; waits until so many are on the disk. */
  private Instant begin(int frames) {
    await()
        .atMost(SOON)
        .until(
            () ->
                recorder.recorder.ring().segments().stream().mapToLong(Segment::frames).sum()
                    >= frames);
    return recorder.recorder.ring().segments().getFirst().from();
  }

  private static RecordedFrame next(Reel reel, Reel.Pace pace) throws Exception {
    return Objects.requireNonNull(reel.next(pace));
  }

  private static void drain(Reel reel, List<RecordedFrame> to) throws Exception {
    for (RecordedFrame frame = reel.next(Reel.Pace.ALL);
        frame != null;
        frame = reel.next(Reel.Pace.ALL)) {
      to.add(frame);
    }
  }

  /** Claims that they are the camera's pictures from that one on, byte for byte. */
  private void assertSame(List<? extends RecordedFrame> read, int first) throws Exception {
    for (int i = 0; i < read.size(); i++) {
      RecordedFrame.Picture picture = (RecordedFrame.Picture) read.get(i);
      assertThat(picture.codec()).isEqualTo(Codec.H264);
      assertThat(picture.nalUnits())
          .as("picture " + (first + i))
          .isEqualTo(AnnexB.split(ByteBuffer.wrap(camera.sent().get(first + i))));
    }
  }
}
