package io.roadcast.recorder.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.recorder.Probe;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecorderTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void segmentsFollowEachOtherWithoutAGapAndHoldEveryPicture() throws Exception {
    List<Segment> segments;
    try (TestRecorder recorder = new TestRecorder(directory, segment -> false, segment -> {})) {
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
        for (int i = 0; i < 10; i++) {
          camera.second();
        }
      }
      await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() == 250);
      await().atMost(SOON).until(() -> recorder.recorder.statistics().open() == 0);
      await().atMost(SOON).until(() -> allComplete(recorder));
      segments = recorder.complete();
      assertThat(recorder.recorder.statistics().droppedFrames()).isZero();
    }
    assertThat(segments).hasSizeBetween(4, 5);
    assertThat(segments.stream().mapToLong(Segment::frames).sum()).isEqualTo(250);
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (i > 0) {
        assertThat(segment.from())
            .isBetween(
                segments.get(i - 1).to().minusNanos(20_000),
                segments.get(i - 1).to().plusNanos(20_000));
        assertThat(segment.from().toEpochMilli() % 3000).isLessThan(1000);
      }
      Path file = directory.resolve(segment.place());
      assertThat(Probe.pictures(file)).isEqualTo(segment.frames());
      assertThat(Files.size(file)).isEqualTo(segment.bytes());
      assertThat(Sidecar.read(file).segment()).isEqualTo(segment);
      assertThat(Sidecar.read(file).fragments())
          .allMatch(fragment -> fragment.duration() <= 90_000);
    }
  }

  @Test
  void soundBecomesAacAndKeepsItsTime() throws Exception {
    try (TestRecorder recorder = new TestRecorder(directory, segment -> false, segment -> {})) {
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
        for (int i = 0; i < 200; i++) {
          camera.picture();
          camera.sound(i, i + 1);
        }
      }
      await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() == 200);
      await().atMost(SOON).until(() -> allComplete(recorder));
      List<Segment> withSound =
          recorder.complete().stream().filter(segment -> segment.sound() != null).toList();
      assertThat(withSound.stream().mapToLong(Segment::frames).sum()).isEqualTo(200);
      for (Segment segment : withSound) {
        Path file = directory.resolve(segment.place());
        assertThat(Probe.ask(file, "stream=codec_name,sample_rate"))
            .containsExactly("h264", "aac,8000");
      }
    }
  }

  @Test
  void whatIsKeptIsALinkAndStaysWhenTheRingForgets() throws Exception {
    Map<Object, Segment> told = new ConcurrentHashMap<>();
    SegmentPlaces places = new SegmentPlaces(directory);
    try (TestRecorder recorder =
        new TestRecorder(directory, segment -> true, segment -> told.put(segment.id(), segment))) {
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
        camera.second();
        await().atMost(SOON).until(() -> told.size() == 1);
        Segment open = told.values().iterator().next();
        assertThat(open.state()).isEqualTo(SegmentState.RECORDING);
        Path kept = places.file(open.place());
        Path ring = places.ring(open.stream(), open.quality(), open.id(), SegmentForm.PLAIN);
        assertThat(Files.getAttribute(kept, "unix:ino"))
            .isEqualTo(Files.getAttribute(ring, "unix:ino"));
      }
      await().atMost(SOON).until(() -> told.values().iterator().next().sha256() != null);
      Segment done = told.values().iterator().next();
      recorder.recorder.ring().expire(Instant.now().plus(Duration.ofHours(1)));
      assertThat(recorder.recorder.ring().segments()).isEmpty();
      assertThat(places.ring(done.stream(), done.quality(), done.id(), SegmentForm.PLAIN))
          .doesNotExist();
      assertThat(Probe.pictures(places.file(done.place()))).isEqualTo(25);
      assertThat(Sidecar.read(places.file(done.place())).segment()).isEqualTo(done);
    }
  }

  @Test
  void whatWasCutOffIsRepairedAtTheNextStart() throws Exception {
    Segment written;
    try (TestRecorder recorder = new TestRecorder(directory, segment -> true, segment -> {})) {
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
        camera.second();
        camera.second();
      }
      await().atMost(SOON).until(() -> allComplete(recorder));
      written = recorder.complete().getLast();
    }
    Path kept = directory.resolve(written.place());
    interrupt(written, kept);
    try (TestRecorder recorder = new TestRecorder(directory, segment -> true, segment -> {})) {
      Segment repaired =
          recorder.recorder.ring().find(written.id()).map(Sidecar::segment).orElseThrow();
      assertThat(repaired.state()).isEqualTo(SegmentState.COMPLETE);
      assertThat(repaired.frames()).isPositive().isLessThan(written.frames());
      assertThat(Probe.pictures(kept)).isEqualTo(repaired.frames());
      assertThat(Sidecar.read(kept).segment()).isEqualTo(repaired);
      assertThat(repaired.sha256()).hasSize(64).isNotEqualTo(written.sha256());
    }
  }

  /** As if the process had ended while it wrote the last fragment. */
  private void interrupt(Segment written, Path kept) throws IOException {
    Sidecar whole = Sidecar.read(kept);
    Segment begun =
        new Segment(
            written.id(),
            written.stream(),
            written.quality(),
            written.owner(),
            written.from(),
            written.from(),
            written.codec(),
            written.width(),
            written.height(),
            written.sound(),
            written.startTicks(),
            0,
            0,
            List.of(),
            written.place(),
            null,
            SegmentState.RECORDING,
            Keeping.USUAL);
    Sidecar sidecar = new Sidecar(begun, whole.headerBytes(), List.of());
    Path ring =
        new SegmentPlaces(directory)
            .ring(written.stream(), "main", written.id(), SegmentForm.PLAIN);
    sidecar.write(ring);
    sidecar.write(kept);
    try (RandomAccessFile file = new RandomAccessFile(ring.toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }
  }

  private static boolean allComplete(TestRecorder recorder) {
    List<Segment> all = recorder.recorder.ring().segments();
    return !all.isEmpty()
        && recorder.recorder.statistics().open() == 0
        && all.stream().allMatch(segment -> segment.state() == SegmentState.COMPLETE);
  }
}
