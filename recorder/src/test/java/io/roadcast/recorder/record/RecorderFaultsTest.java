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
import java.io.OutputStream;
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
    try (SmallDisk disk = new SmallDisk(directory.resolve("disk"))) {
      Path filler = Files.write(disk.directory.resolve("filler"), new byte[1_950_000]);
      List<Segment> segments;
      try (TestRecorder recorder = disk.recorder()) {
        long sent = 0;
        try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
          while (recorder.recorder.statistics().failures() == 0) {
            camera.second();
            sent += TestCamera.FRAMES_PER_SECOND;
            await().pollDelay(Duration.ofMillis(250)).until(() -> true);
          }
          Files.delete(filler);
          sent += untilItGoesOn(recorder, camera);
        }
        await().atMost(SOON).until(() -> recorder.recorder.statistics().open() == 0);
        await().atMost(SOON).until(() -> allComplete(recorder));
        segments = recorder.complete();
        long kept = segments.stream().mapToLong(Segment::frames).sum();
        System.out.println("full disk: " + sent + " pictures sent, " + kept + " in the files");
        assertThat(kept).isPositive().isLessThan(sent);
      }
      check(disk.directory, segments);
      try (TestRecorder again = new TestRecorder(disk.directory, segment -> true, segment -> {})) {
        assertThat(again.complete()).isEqualTo(segments);
      }
    }
  }

  @Test
  void whatAFullDiskDoesNotLetEndIsFinishedWhenThereIsRoom() throws Exception {
    try (SmallDisk disk = new SmallDisk(directory.resolve("disk"));
        TestRecorder recorder = disk.recorder()) {
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
        camera.second();
        camera.second();
        await().atMost(SOON).until(() -> recorder.recorder.statistics().bytes() > 5000);
        disk.fill();
      }
      await().atMost(SOON).until(() -> recorder.recorder.statistics().open() == 0);
      // Whatever is said to be complete is so on the disk as well.
      await()
          .pollDelay(Duration.ofSeconds(1))
          .untilAsserted(() -> check(disk.directory, recorder.complete()));
      int segments = recorder.recorder.ring().segments().size(); // two if a boundary was crossed
      assertThat(segments).isPositive();
      disk.empty();
      await().atMost(SOON).until(() -> allComplete(recorder));
      assertThat(recorder.complete()).hasSize(segments);
      check(disk.directory, recorder.complete());
    }
  }

  @Test
  void whatAFullDiskDoesNotLetBeginLeavesNothing() throws Exception {
    try (SmallDisk disk = new SmallDisk(directory.resolve("disk"));
        TestRecorder recorder = disk.recorder();
        TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
      disk.fill();
      camera.second();
      await().atMost(SOON).until(() -> recorder.recorder.statistics().failures() > 0);
      assertThat(recorder.recorder.ring().segments()).isEmpty();
      assertThat(disk.files()).containsExactly("filler");
      disk.empty();
      untilItGoesOn(recorder, camera);
    }
  }

  /** How many pictures were sent until more than fifty were written. */
  private static long untilItGoesOn(TestRecorder recorder, TestCamera camera) {
    long before = recorder.recorder.statistics().frames();
    long[] sent = {0};
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              camera.second();
              sent[0] += TestCamera.FRAMES_PER_SECOND;
              return recorder.recorder.statistics().frames() > before + 50;
            });
    return sent[0];
  }

  /** A disk of 2 MiB. */
  private static final class SmallDisk implements AutoCloseable {
    final Path directory;
    private final Path filler;

    SmallDisk(Path directory) throws Exception {
      this.directory = Files.createDirectories(directory);
      this.filler = directory.resolve("filler");
      Assumptions.assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", directory.toString()),
          "only root can mount a small disk");
    }

    /** Keeps everything, and reserves nothing. */
    TestRecorder recorder() throws IOException {
      return new TestRecorder(
          new RecorderConfig(
              directory,
              Duration.ofMinutes(10),
              Duration.ofSeconds(3),
              16 << 20,
              1,
              0,
              Seals.none()),
          segment -> true,
          segment -> {});
    }

    /** Leaves no room at all. */
    void fill() throws IOException {
      try (OutputStream out = Files.newOutputStream(filler)) {
        byte[] page = new byte[4096];
        while (true) {
          out.write(page);
        }
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space");
      }
    }

    void empty() throws IOException {
      Files.delete(filler);
    }

    List<String> files() throws IOException {
      try (var all = Files.walk(directory)) {
        return all.filter(Files::isRegularFile).map(each -> each.getFileName().toString()).toList();
      }
    }

    @Override
    public void close() throws Exception {
      // Lazily: whoever still looks at it for a moment does not matter here.
      assertThat(run("umount", "-l", directory.toString())).isTrue();
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
