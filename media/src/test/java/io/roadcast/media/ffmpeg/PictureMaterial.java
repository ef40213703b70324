package io.roadcast.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Access units of test pictures, by the distribution's ffmpeg: ours has no encoder for H.265. */
final class PictureMaterial {
  private static final int FIRST_VCL_END = 32;

  private PictureMaterial() {}

  /**
   * A moving test picture in H.265, one access unit per element, start codes included.
   *
   * @param options of FFmpeg and its x265, such as "-x265-params", "bframes=0"
   */
  static List<byte[]> h265(int width, int height, int frames, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-c:v", "libx265", "-preset", "ultrafast", "-f", "hevc"));
    return accessUnits(run(width, height, frames, all), 2);
  }

  /** Likewise in H.264 by x264, which makes B frames where it is asked to. */
  static List<byte[]> h264(int width, int height, int frames, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-c:v", "libx264", "-f", "h264"));
    return accessUnits(run(width, height, frames, all), 1);
  }

  private static byte[] run(int width, int height, int frames, List<String> options) {
    Path ffmpeg = Path.of("/usr/bin/ffmpeg");
    assumeThat(Files.isExecutable(ffmpeg))
        .as("%s, which ./test installs, is not here: no material in H.265", ffmpeg)
        .isTrue();
    List<String> command =
        new ArrayList<>(
            List.of(
                ffmpeg.toString(),
                "-v",
                "error",
                "-nostdin",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + width + "x" + height + ":rate=25",
                "-frames:v",
                Integer.toString(frames)));
    command.addAll(options);
    command.add("-");
    try {
      Path said = Files.createTempFile("ffmpeg", ".log");
      Process process = new ProcessBuilder(command).redirectError(said.toFile()).start();
      byte[] made = process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).as(Files.readString(said)).isZero();
      Files.delete(said);
      return made;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Cut in front of the first NAL unit that belongs to the next picture; one slice per picture. */
  private static List<byte[]> accessUnits(byte[] stream, int headerBytes) {
    List<byte[]> units = new ArrayList<>();
    int start = 0;
    boolean sawSlice = false;
    for (int at = 0; at + 5 < stream.length; at++) {
      boolean code =
          stream[at] == 0 && stream[at + 1] == 0 && stream[at + 2] == 0 && stream[at + 3] == 1;
      boolean shortCode = stream[at] == 0 && stream[at + 1] == 0 && stream[at + 2] == 1;
      if (!code && !shortCode) {
        continue;
      }
      int header = at + (code ? 4 : 3);
      boolean slice = isSlice(stream[header], headerBytes);
      if (sawSlice) {
        units.add(java.util.Arrays.copyOfRange(stream, start, at));
        start = at;
        sawSlice = false;
      }
      sawSlice |= slice;
      at = header;
    }
    units.add(java.util.Arrays.copyOfRange(stream, start, stream.length));
    return units;
  }

  private static boolean isSlice(byte header, int headerBytes) {
    if (headerBytes == 2) {
      return (header >> 1 & 0x3f) < FIRST_VCL_END;
    }
    int type = header & 0x1f;
    return type >= 1 && type <= 5;
  }
}
