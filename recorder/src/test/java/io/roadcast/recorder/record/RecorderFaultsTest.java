package io.roadcast.recorder.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.recorder.Probe;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.Seals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens around a recording, and what it costs. */
@Timeout(180)
class RecorderFaultsTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir private Path directory;

  @Test
  void aClockThatIsSetBeginsASegmentAndCostsNoPicture() throws Exception {
    Instant day = Instant.parse("2026-01-31T12:00:00Z");
    AtomicReference<Duration> shift = new AtomicReference<>(Duration.between(Instant.now(), day));
    try (TestRecorder recorder =
        new TestRecorder(
            TestRecorder.config(directory),
            segment -> true,
            segment -> {},
            () -> Instant.now().plus(shift.get()))) {
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
        seconds(recorder, camera, 4, 0);
        shift.updateAndGet(before -> before.plusSeconds(3600));
        seconds(recorder, camera, 3, 4);
        shift.updateAndGet(before -> before.minusSeconds(7200));
        seconds(recorder, camera, 3, 7);
      }
      await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() == 250);
      await().atMost(SOON).until(() -> recorder.recorder.statistics().open() == 0);
      await().atMost(SOON).until(() -> allComplete(recorder));
      List<Segment> segments = recorder.complete();
      assertThat(segments.stream().mapToLong(Segment::frames).sum()).isEqualTo(250);
      assertThat(segments.stream().map(each -> each.from().toString().substring(11, 13)).distinct())
          .containsExactly("11", "12", "13");
      assertThat(recorder.recorder.statistics().droppedFrames()).isZero();
      check(directory, segments);
    }
  }

  @Test
  void aFullDiskCostsWhatDoesNotFitAndNothingElse() throws Exception {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
        "only root can mount a small disk");
    try {
      Path filler = Files.write(disk.resolve("filler"), new byte[1_950_000]);
      List<Segment> segments;
      try (TestRecorder recorder =
          new TestRecorder(
              new RecorderConfig(
                  disk,
                  Duration.ofMinutes(10),
                  Duration.ofSeconds(3),
                  16 << 20,
                  1,
                  0,
                  Seals.none()),
              segment -> true,
              segment -> {})) {
        long sent = 0;
        try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
          while (recorder.recorder.statistics().failures() == 0) {
            camera.second();
            sent += TestCamera.FRAMES_PER_SECOND;
            await().pollDelay(Duration.ofMillis(250)).until(() -> true);
          }
          Files.delete(filler);
          long before = recorder.recorder.statistics().frames();
          long[] more = {0};
          await()
              .atMost(SOON)
              .pollInterval(Duration.ofMillis(500))
              .until(
                  () -> {
                    camera.second();
                    more[0] += TestCamera.FRAMES_PER_SECOND;
                    return recorder.recorder.statistics().frames() > before + 50;
                  });
          sent += more[0];
        }
        await().atMost(SOON).until(() -> recorder.recorder.statistics().open() == 0);
        await().atMost(SOON).until(() -> allComplete(recorder));
        segments = recorder.complete();
        long kept = segments.stream().mapToLong(Segment::frames).sum();
        System.out.println("full disk: " + sent + " pictures sent, " + kept + " in the files");
        assertThat(kept).isPositive().isLessThan(sent);
      }
      check(disk, segments);
      try (TestRecorder again = new TestRecorder(disk, segment -> true, segment -> {})) {
        assertThat(again.complete()).isEqualTo(segments);
      }
    } finally {
      // Lazily: whoever still looks at it for a moment does not matter here.
      assertThat(run("umount", "-l", disk.toString())).isTrue();
    }
  }

  private static void seconds(TestRecorder recorder, TestCamera camera, int count, int before) {
    for (int i = 0; i < count; i++) {
      camera.second();
    }
    long frames = (before + count) * 25L - 1;
    await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() == frames);
  }

  /** What the sidecars say is what is there. */
  private static void check(Path root, List<Segment> segments) throws IOException {
    for (Segment segment : segments) {
      Path file = root.resolve(segment.place());
      assertThat(Files.size(file)).isEqualTo(segment.bytes());
      assertThat(Probe.pictures(file)).isEqualTo(segment.frames());
      assertThat(Sidecar.read(file).segment()).isEqualTo(segment);
    }
  }

  private static boolean allComplete(TestRecorder recorder) {
    return recorder.recorder.statistics().open() == 0
        && recorder.recorder.ring().segments().stream()
            .allMatch(segment -> segment.state() == SegmentState.COMPLETE);
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
