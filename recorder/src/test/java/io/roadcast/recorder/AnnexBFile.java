package io.roadcast.recorder;

import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.media.nal.AnnexB;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What ffmpeg finds in a recording. */
public final class AnnexBFile {
  private AnnexBFile() {}

  /** Whether a NAL unit of H.264 is part of a picture. */
  public static boolean isSlice(ByteBuffer unit) {
    int type = unit.get(unit.position()) & 0x1F;
    return type == 1 || type == 5;
  }

  /** The slices of all pictures of an MP4 file, as ffmpeg takes them out of the file. */
  public static List<ByteBuffer> slices(Path file) throws Exception {
    Path annexB = file.resolveSibling("range.h264");
    Process process =
        FfmpegTools.ffmpeg(
                "-v",
                "error",
                "-y",
                "-ignore_editlist",
                "1",
                "-i",
                file.toString(),
                "-an",
                "-c:v",
                "copy",
                "-bsf:v",
                "h264_mp4toannexb",
                "-f",
                "h264",
                annexB.toString())
            .inheritIO()
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("ffmpeg does not end");
    }
    List<ByteBuffer> slices = new ArrayList<>();
    byte[] all = Files.readAllBytes(annexB);
    // Parts, since one call takes no more units than a picture has.
    int from = 0;
    for (int i = 4; i + 4 < all.length; i++) {
      boolean code = all[i] == 0 && all[i + 1] == 0 && all[i + 2] == 0 && all[i + 3] == 1;
      if (code && i - from > 20_000) {
        AnnexB.split(ByteBuffer.wrap(all, from, i - from)).stream()
            .filter(AnnexBFile::isSlice)
            .forEach(slices::add);
        from = i;
      }
    }
    AnnexB.split(ByteBuffer.wrap(all, from, all.length - from)).stream()
        .filter(AnnexBFile::isSlice)
        .forEach(slices::add);
    return slices;
  }
}
