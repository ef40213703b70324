package io.roadcast.recorder.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.recorder.Probe;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KilledRecorderTest {
  private static final int SECONDS = 5;

  @TempDir private Path directory;

  @Test
  void whatWasRecordedUpToAMomentAgoIsThereAndPlays() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EndingRecorder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int sent = 0;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        sent = line.matches("[0-9]+") ? Integer.parseInt(line) : sent;
        if (sent == SECONDS * 25) {
          process.destroyForcibly();
        }
      }
    } catch (IOException ended) {
      // What it still said may be lost with it.
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    List<Segment> segments;
    try (TestRecorder recorder = new TestRecorder(directory, segment -> true, segment -> {})) {
      segments = recorder.complete();
    }
    assertThat(segments).isNotEmpty().allMatch(each -> each.state() == SegmentState.COMPLETE);
    long frames = segments.stream().mapToLong(Segment::frames).sum();
    System.out.println("killed: " + sent + " pictures sent, " + frames + " in the files");
    // A second by design; the machine of a test may stand still for longer.
    assertThat(sent - frames).isLessThan(75);
    for (Segment segment : segments) {
      assertThat(Probe.pictures(directory.resolve(segment.place()))).isEqualTo(segment.frames());
    }
  }
}
