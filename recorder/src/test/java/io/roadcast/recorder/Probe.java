package io.roadcast.recorder;

import io.roadcast.media.ffmpeg.FfmpegTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What ffprobe, which shares no code with us, says of a file. */
public final class Probe {
  private Probe() {}

  /** Its lines of comma-separated values; what it complains about is among them. */
  public static List<String> ask(Path file, String entries, String... options) {
    ProcessBuilder builder =
        FfmpegTools.ffprobe("-v", "error", "-show_entries", entries, "-of", "csv=p=0");
    builder.command().addAll(List.of(options));
    builder.command().add(file.toString());
    try {
      Process process = builder.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("ffprobe does not end");
      }
      return said.lines()
          .map(line -> line.replaceAll(",+$", ""))
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Pictures that decode. */
  public static int pictures(Path file) {
    return Integer.parseInt(
        ask(file, "stream=nb_read_frames", "-select_streams", "v", "-count_frames").getFirst());
  }
}
