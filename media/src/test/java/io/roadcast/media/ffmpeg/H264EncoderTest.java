package io.roadcast.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class H264EncoderTest {
  private static final int WIDTH = 352;
  private static final int HEIGHT = 288;

  @Test
  void makesKeyframesExactlyWhereAskedAndOneAccessUnitPerPicture(@TempDir Path directory)
      throws Exception {
    List<Integer> keyframes = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (H264Encoder encoder = encoder()) {
      for (int index = 0; index < 60; index++) {
        PictureKind kind = index % 25 == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
        EncodedPicture picture = encoder.encode(gradient(index), kind);
        stream.writeBytes(picture.annexB());
        if (picture.keyframe()) {
          keyframes.add(index);
        }
      }
    }
    assertThat(keyframes).containsExactly(0, 25, 50);
    Path file = Files.write(directory.resolve("stream.h264"), stream.toByteArray());
    assertThat(probe(file)).isEqualTo("Constrained Baseline,352,288,0,60");
  }

  @ParameterizedTest
  @CsvSource({"MAIN,Main", "HIGH,High"})
  void encodesInTheProfileThatWasAskedFor(
      H264Encoder.Profile profile, String name, @TempDir Path directory) throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (H264Encoder encoder =
        new H264Encoder(new H264Encoder.Settings(WIDTH, HEIGHT, 25, 500_000, profile))) {
      for (int index = 0; index < 10; index++) {
        stream.writeBytes(encoder.encode(gradient(index), PictureKind.PREDICTED).annexB());
      }
    }
    Path file = Files.write(directory.resolve("stream.h264"), stream.toByteArray());
    assertThat(probe(file)).isEqualTo(name + ",352,288,0,10");
  }

  @Test
  void decodesToThePictureThatWasEncoded() {
    try (H264Encoder encoder = encoder();
        H264Decoder decoder = new H264Decoder()) {
      for (int index = 0; index < 5; index++) {
        I420Picture original = gradient(index);
        byte[] bytes = encoder.encode(original, PictureKind.PREDICTED).annexB();
        List<I420Picture> decoded = decoder.decode(bytes);
        assertThat(decoded).hasSize(1);
        assertThat(meanDifference(original.luma(), decoded.getFirst().luma())).isLessThan(4);
        assertThat(meanDifference(original.blue(), decoded.getFirst().blue())).isLessThan(4);
        assertThat(meanDifference(original.red(), decoded.getFirst().red())).isLessThan(4);
      }
    }
  }

  @Test
  void refusesPicturesOfAnotherSize() {
    try (H264Encoder encoder = encoder()) {
      I420Picture small = new I420Picture(16, 16);
      assertThatThrownBy(() -> encoder.encode(small, PictureKind.PREDICTED))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void turnsRgbIntoLimitedRangeBt709() {
    I420Picture picture = new I420Picture(2, 2);
    picture.setRgb(new int[] {0xffffff, 0xffffff, 0xffffff, 0xffffff});
    assertThat(picture.luma()).containsOnly((byte) 235);
    assertThat(picture.blue()).containsExactly((byte) 128);
    assertThat(picture.red()).containsExactly((byte) 128);
    picture.setRgb(new int[] {0, 0, 0, 0});
    assertThat(picture.luma()).containsOnly(16);
    picture.setRgb(new int[] {0xff0000, 0xff0000, 0xff0000, 0xff0000});
    assertThat(picture.luma()).containsOnly(63);
    assertThat(picture.blue()).containsExactly(102);
    assertThat(picture.red()).containsExactly((byte) 240);
  }

  private static H264Encoder encoder() {
    return new H264Encoder(new H264Encoder.Settings(WIDTH, HEIGHT, 25, 500_000));
  }

  private static I420Picture gradient(int shift) {
    int[] pixels = new int[WIDTH * HEIGHT];
    for (int at = 0; at < pixels.length; at++) {
      int column = at % WIDTH;
      int row = at / WIDTH;
      pixels[at] = (column + 2 * shift & 0xff) / 2 << 16 | row * 200 / HEIGHT << 8 | 90;
    }
    I420Picture picture = new I420Picture(WIDTH, HEIGHT);
    picture.setRgb(pixels);
    return picture;
  }

  private static double meanDifference(byte[] one, byte[] other) {
    long sum = 0;
    for (int at = 0; at < one.length; at++) {
      sum += Math.abs((one[at] & 0xff) - (other[at] & 0xff));
    }
    return (double) sum / one.length;
  }

  private static String probe(Path file) throws Exception {
    Process process =
        FfmpegTools.ffprobe(
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=profile,width,height,has_b_frames,nb_read_frames",
                "-of",
                "csv=p=0",
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }
}
