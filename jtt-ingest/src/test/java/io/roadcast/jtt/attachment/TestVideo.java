package io.roadcast.jtt.attachment;

import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A stream of H.264 with start codes, and what ffprobe says of a file. */
final class TestVideo {
  private TestVideo() {}

  static byte[] encode(int pictures) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    I420Picture picture = new I420Picture(320, 240);
    try (H264Encoder encoder = new H264Encoder(new H264Encoder.Settings(320, 240, 25, 300_000))) {
      for (int i = 0; i < pictures; i++) {
        Arrays.fill(picture.luma(), (byte) (16 + i));
        out.writeBytes(
            encoder
                .encode(picture, i % 25 == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED)
                .annexB());
      }
    }
    return out.toByteArray();
  }

  static int frames(Path file) throws IOException {
    Process probe =
        FfmpegTools.ffprobe(
                "-v",
                "error",
                "-count_frames",
                "-select_streams",
                "v",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "csv=p=0",
                file.toString())
            .start();
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return Integer.parseInt(said.strip());
  }
}
