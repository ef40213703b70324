package io.roadcast.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.PictureTranscoder.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PictureTranscoderTest {
  private static final long STEP = 40_000;
  private static final PictureTranscoder.Target AS_IT_IS =
      new PictureTranscoder.Target(0, 0, 0, 25, 2_000_000);

  private final List<Long> times = new ArrayList<>();
  private final List<EncodedPicture> pictures = new ArrayList<>();
  private final List<Integer> lag = new ArrayList<>();
  private int damaged;
  private int entered;

  private final PictureTranscoder.Output out =
      new PictureTranscoder.Output() {
        @Override
        public void picture(long timeMicros, EncodedPicture picture) {
          times.add(timeMicros);
          pictures.add(picture);
          lag.add((int) ((entered - 1) - timeMicros / STEP));
        }

        @Override
        public void damaged() {
          damaged++;
        }
      };

  @Test
  void everyPictureOfH265ComesOutAtOnceWithItsOwnTime() {
    List<byte[]> units =
        PictureMaterial.h265(640, 360, 100, "-x265-params", "bframes=0:keyint=50:log-level=none");
    assertThat(units).hasSize(100);
    transcode(AS_IT_IS, Codec.H265, units);
    assertThat(times).hasSize(100).isSorted().startsWith(0L, STEP).endsWith(99 * STEP);
    assertThat(lag).allMatch(frames -> frames == 0);
    assertThat(damaged).isZero();
    assertThat(keyframes()).as("every 2 s").hasSize(2);
    assertThat(shown()).hasSize(100).allMatch(picture -> picture.width() == 640);
  }

  @Test
  void picturesThatAreReorderedComeInTheOrderOfShowing() {
    for (Codec codec : List.of(Codec.H264, Codec.H265)) {
      times.clear();
      pictures.clear();
      lag.clear();
      entered = 0;
      List<byte[]> units =
          codec == Codec.H265
              ? PictureMaterial.h265(
                  320, 240, 75, "-x265-params", "bframes=2:b-adapt=0:log-level=none")
              : PictureMaterial.h264(320, 240, 75, "-bf", "2");
      transcode(AS_IT_IS, codec, units);
      assertThat(times).as("%s", codec).hasSizeBetween(71, 75).isSorted().doesNotHaveDuplicates();
      assertThat(lag.subList(10, lag.size())).as("%s", codec).allMatch(frames -> frames <= 3);
      assertThat(damaged).isZero();
      assertThat(shown()).hasSameSizeAs(pictures);
    }
  }

  @Test
  void aLargePictureIsMadeSmallInProportion() {
    PictureTranscoder.Target low = new PictureTranscoder.Target(640, 360, 500_000, 25, 2_000_000);
    transcode(low, Codec.H264, h264(1280, 960, 50));
    assertThat(shown()).hasSize(50).allMatch(p -> p.width() == 480 && p.height() == 360);
    int bits = pictures.stream().mapToInt(picture -> picture.annexB().length * 8).sum();
    assertThat(bits / 2).as("bits per second").isBetween(100_000, 900_000);
  }

  @Test
  void aSmallPictureStaysAsItIs() {
    transcode(
        new PictureTranscoder.Target(640, 360, 500_000, 25, 2_000_000),
        Codec.H264,
        h264(352, 288, 10));
    assertThat(shown()).hasSize(10).allMatch(p -> p.width() == 352 && p.height() == 288);
  }

  @Test
  void sizesThatAreNoMultipleOfAnythingWork() {
    transcode(
        AS_IT_IS,
        Codec.H265,
        PictureMaterial.h265(354, 290, 10, "-x265-params", "bframes=0:log-level=none"));
    assertThat(shown()).hasSize(10).allMatch(p -> p.width() == 354 && p.height() == 290);
    pictures.clear();
    transcode(
        AS_IT_IS,
        Codec.H265,
        PictureMaterial.h265(
            353, 289, 10, "-pix_fmt", "yuv444p", "-x265-params", "bframes=0:log-level=none"));
    assertThat(shown()).as("odd").hasSize(10).allMatch(p -> p.width() == 352 && p.height() == 288);
  }

  @Test
  void fullRangeBecomesLimitedRange() {
    List<byte[]> full =
        PictureMaterial.h265(
            320,
            240,
            5,
            "-vf",
            "lutyuv=y=255:u=128:v=128,scale=out_range=full",
            "-pix_fmt",
            "yuvj420p",
            "-x265-params",
            "bframes=0:log-level=none");
    transcode(AS_IT_IS, Codec.H265, full);
    I420Picture white = shown().getLast();
    assertThat(white.luma()[320 * 120 + 160] & 0xff).isBetween(233, 237);
  }

  @Test
  void tenBitsBecomeEight() {
    transcode(
        AS_IT_IS,
        Codec.H265,
        PictureMaterial.h265(
            320, 240, 5, "-pix_fmt", "yuv420p10le", "-x265-params", "bframes=0:log-level=none"));
    assertThat(shown()).hasSize(5);
  }

  @Test
  void theSizeMayChangeInMidstream() {
    try (PictureTranscoder transcoder = new PictureTranscoder(AS_IT_IS, out)) {
      feed(transcoder, Codec.H264, h264(640, 360, 10));
      feed(
          transcoder,
          Codec.H265,
          PictureMaterial.h265(320, 240, 10, "-x265-params", "bframes=0:log-level=none"));
      feed(
          transcoder,
          Codec.H265,
          PictureMaterial.h265(480, 270, 10, "-x265-params", "bframes=0:log-level=none"));
    }
    assertThat(shown()).extracting(I420Picture::width).containsOnly(640, 320, 480).hasSize(30);
    assertThat(pictures.get(10).keyframe()).isTrue();
    assertThat(pictures.get(20).keyframe()).isTrue();
    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void referencesAreDecodedAndNotShown() {
    List<byte[]> units =
        PictureMaterial.h265(320, 240, 30, "-x265-params", "bframes=0:log-level=none");
    try (PictureTranscoder transcoder = new PictureTranscoder(AS_IT_IS, out)) {
      for (int i = 0; i < units.size(); i++) {
        entered++;
        transcoder.accept(Codec.H265, units.get(i), i * STEP, i < 20 ? Use.REFERENCE : Use.SHOWN);
      }
    }
    assertThat(times).hasSize(10).startsWith(20 * STEP);
    assertThat(pictures.getFirst().keyframe()).isTrue();
    assertThat(shown()).hasSize(10);
  }

  @Test
  void garbageIsCountedAndTheNextKeyframeIsShown() {
    Random random = new Random(5);
    List<byte[]> units =
        new ArrayList<>(
            PictureMaterial.h265(
                320,
                240,
                60,
                "-x265-params",
                "bframes=0:keyint=20:min-keyint=20:scenecut=0:log-level=none"));
    for (int i = 5; i < 15; i++) {
      byte[] unit = units.get(i).clone();
      for (int at = 6; at < unit.length; at++) {
        unit[at] = (byte) random.nextInt(1, 256);
      }
      units.set(i, unit);
    }
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    units.set(16, noise);
    transcode(AS_IT_IS, Codec.H265, units);
    assertThat(damaged).isPositive();
    assertThat(times).contains(20 * STEP, 40 * STEP, 59 * STEP);
    assertThat(shown()).hasSameSizeAs(pictures);
  }

  private void transcode(PictureTranscoder.Target target, Codec codec, List<byte[]> units) {
    try (PictureTranscoder transcoder = new PictureTranscoder(target, out)) {
      feed(transcoder, codec, units);
    }
  }

  private void feed(PictureTranscoder transcoder, Codec codec, List<byte[]> units) {
    for (byte[] unit : units) {
      transcoder.accept(codec, unit, entered++ * STEP, Use.SHOWN);
    }
  }

  private List<EncodedPicture> keyframes() {
    return pictures.stream().filter(EncodedPicture::keyframe).toList();
  }

  /** What an H.264 decoder makes of all that came out. */
  private List<I420Picture> shown() {
    List<I420Picture> shown = new ArrayList<>();
    try (H264Decoder decoder = new H264Decoder()) {
      for (EncodedPicture picture : pictures) {
        shown.addAll(decoder.decode(picture.annexB()));
      }
      shown.addAll(decoder.drain());
    }
    return shown;
  }

  private static List<byte[]> h264(int width, int height, int frames) {
    List<byte[]> units = new ArrayList<>();
    try (H264Encoder encoder =
        new H264Encoder(new H264Encoder.Settings(width, height, 25, 1_000_000))) {
      I420Picture picture = new I420Picture(width, height);
      for (int i = 0; i < frames; i++) {
        Arrays.fill(picture.luma(), (byte) (16 + i * 3 % 200));
        Arrays.fill(picture.luma(), 0, width * 20, (byte) (200 - i));
        units.add(
            encoder
                .encode(picture, i == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED)
                .annexB());
      }
    }
    return units;
  }
}
