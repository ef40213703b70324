package io.roadcast.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Codec;
import io.roadcast.media.mp4.MovieFragment;
import io.roadcast.media.mp4.MovieHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FragmentMuxerTest {
  private static final int PICTURES = 50;
  private static final int TICKS = 3600;

  @TempDir private Path directory;

  @Test
  void writesFragmentsThatOthersReadPictureByPicture() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (H264Encoder encoder = new H264Encoder(new H264Encoder.Settings(320, 240, 25, 500_000));
        AacEncoder aac = new AacEncoder(8000, 32_000)) {
      EncodedPicture first = encoder.encode(new I420Picture(320, 240), PictureKind.KEYFRAME);
      FragmentMuxer.Video video =
          new FragmentMuxer.Video(Codec.H264, 320, 240, first.annexB().clone());
      FragmentMuxer.Sound sound = new FragmentMuxer.Sound(8000, 1, aac.config());
      try (FragmentMuxer muxer = new FragmentMuxer(video, sound)) {
        MovieHeader header = MovieHeader.parse(muxer.header());
        assertThat(header.tracks())
            .containsExactly(
                new MovieHeader.Track(1, "vide", 90_000), new MovieHeader.Track(2, "soun", 8000));
        file.writeBytes(header.withStart(Map.of(1, 45_000L), 0));
        long heard = 4000;
        for (int i = 0; i < PICTURES; i++) {
          EncodedPicture picture =
              i == 0 ? first : encoder.encode(new I420Picture(320, 240), kind(i));
          muxer.video(
              ByteBuffer.wrap(picture.annexB()), picture.keyframe(), 45_000L + i * TICKS, TICKS);
          for (byte[] frame : aac.encode(new short[320], 320)) {
            muxer.sound(ByteBuffer.wrap(frame), heard);
            heard += AacEncoder.FRAME_SAMPLES;
          }
          if (i % 25 == 24) {
            byte[] fragment = muxer.fragment();
            MovieFragment.TrackRun run =
                MovieFragment.parse(ByteBuffer.wrap(fragment)).track(1).orElseThrow();
            assertThat(run)
                .isEqualTo(
                    new MovieFragment.TrackRun(
                        1, 45_000L + (i - 24L) * TICKS, 25L * TICKS, 25, true));
            file.writeBytes(fragment);
          }
        }
        assertThat(muxer.fragment()).isEmpty();
      }
    }
    Path written = Files.write(directory.resolve("a.mp4"), file.toByteArray());
    // Of 16 000 samples fill 15 frames, and the encoder holds one of them back.
    assertThat(probe(written, "stream=codec_name,nb_read_frames", "-count_frames"))
        .containsExactly("h264,50", "aac,14");
    List<String> times = probe(written, "packet=pts_time", "-select_streams", "v");
    assertThat(times).hasSize(PICTURES);
    assertThat(times.getFirst()).isEqualTo("0.000000");
    assertThat(times.getLast()).isEqualTo("1.960000");
  }

  private static PictureKind kind(int picture) {
    return picture % 25 == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
  }

  private List<String> probe(Path file, String entries, String... options) throws Exception {
    ProcessBuilder builder =
        FfmpegTools.ffprobe("-v", "error", "-show_entries", entries, "-of", "csv=p=0");
    builder.command().addAll(List.of(options));
    builder.command().add(file.toString());
    Process process = builder.redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.replaceAll(",+$", ""))
            .toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return lines;
  }
}
