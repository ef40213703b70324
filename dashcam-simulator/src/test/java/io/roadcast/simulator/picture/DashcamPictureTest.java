package io.roadcast.simulator.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.media.ffmpeg.H264Decoder;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class DashcamPictureTest {
  private static final int FRAMES = 40;
  private static final int GOP = 25;
  private static final long START = 1_790_000_000_123L;

  @ParameterizedTest
  @CsvSource({
    "352, 288, 120000, 0",
    "640, 360, 250000, 1",
    "640, 360, 250000, 2",
    "960, 540, 400000, 3",
    "1280, 720, 600000, 0"
  })
  void codesAndFlashCanBeReadAfterCoding(int width, int height, int bitRate, int scene) {
    DashcamPicture picture = new DashcamPicture(width, height, scene);
    I420Picture planes = new I420Picture(width, height);
    try (H264Encoder encoder =
            new H264Encoder(new H264Encoder.Settings(width, height, 25, bitRate));
        H264Decoder decoder = new H264Decoder()) {
      for (int index = 0; index < FRAMES; index++) {
        int counter = 0xfffff0 + index;
        long millis = index * 40L;
        planes.setRgb(picture.draw(counter, millis, Instant.ofEpochMilli(START + millis)));
        byte[] coded = encoder.encode(planes, kind(index)).annexB();
        List<I420Picture> decoded = decoder.decode(coded);
        assertThat(decoded).hasSize(1);
        byte[] luma = decoded.getFirst().luma();
        assertThat(FrameCounterCode.read(luma, width, height))
            .contains(
                new FrameCounterCode.Reading(counter & 0xffffff, START + millis & 0xffffffffL));
        assertThat(Flash.isLit(luma, width, height)).isEqualTo(Flash.isLit(millis));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3"})
  void theSceneMakesNoKeyframesOfItsOwn(int scene, @TempDir Path directory) throws Exception {
    DashcamPicture picture = new DashcamPicture(320, 180, scene);
    I420Picture planes = new I420Picture(320, 180);
    List<Integer> keyframes = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    int frames = 8 * GOP;
    try (H264Encoder encoder = new H264Encoder(new H264Encoder.Settings(320, 180, 25, 200_000))) {
      for (int index = 0; index < frames; index++) {
        planes.setRgb(picture.draw(index, index * 40L, Instant.EPOCH));
        EncodedPicture coded = encoder.encode(planes, kind(index));
        stream.writeBytes(coded.annexB());
        if (coded.keyframe()) {
          keyframes.add(index);
        }
      }
    }
    assertThat(keyframes)
        .isEqualTo(IntStream.range(0, frames).filter(index -> index % GOP == 0).boxed().toList());
    Path file = Files.write(directory.resolve("scene.h264"), stream.toByteArray());
    assertThat(countFrames(file)).isEqualTo(Integer.toString(frames));
  }

  @Test
  void blackAndWhitePicturesCarryNoCode() {
    byte[] luma = new byte[640 * 360];
    assertThat(FrameCounterCode.read(luma, 640, 360)).isEmpty();
    java.util.Arrays.fill(luma, (byte) 235);
    assertThat(FrameCounterCode.read(luma, 640, 360)).isEmpty();
  }

  @Test
  void cellsFollowThePicturesSizeAsDocumented() {
    assertThat(FrameCounterCode.cell(640, 360)).isEqualTo(8);
    assertThat(FrameCounterCode.cell(960, 540)).isEqualTo(12);
    assertThat(FrameCounterCode.cell(1280, 720)).isEqualTo(16);
    assertThat(FrameCounterCode.cell(352, 288)).isEqualTo(6);
    assertThat(FrameCounterCode.check(0x313233, 3)).isEqualTo(0xeb);
  }

  private static PictureKind kind(int index) {
    return index % GOP == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
  }

  private static String countFrames(Path file) throws Exception {
    Process process =
        FfmpegTools.ffprobe(
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "csv=p=0",
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
