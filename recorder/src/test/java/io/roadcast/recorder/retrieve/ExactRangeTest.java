package io.roadcast.recorder.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.AacEncoder;
import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.recorder.Probe;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that begin with the picture that was asked for, as ffprobe and ffmpeg see them. */
@Timeout(120)
class ExactRangeTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final int RATE = 25;
  private static final int GROUP = 50;
  private static final int PICTURES = 150;
  private static final long TICKS = 3600;
  private static final long LEAD = 45_000;

  @TempDir private Path directory;
  private final GroupCoder coder = new GroupCoder();
  private LocalStore store;
  private Piece piece;

  @BeforeEach
  void record() throws IOException {
    store = new LocalStore(new SegmentPlaces(directory.resolve("recordings")), Seals.none());
    piece = record(true);
  }

  @AfterEach
  void stop() {
    coder.close();
  }

  /** Each picture is one grey, so that it tells its number. */
  private static int grey(int number) {
    return 40 + number % GROUP * 3;
  }

  /** Six seconds in three groups of four fragments each, perhaps with sound. */
  private Piece record(boolean sound) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Fragment> fragments = new ArrayList<>();
    int header;
    try (H264Encoder encoder =
            new H264Encoder(
                new H264Encoder.Settings(WIDTH, HEIGHT, RATE, 400_000, H264Encoder.Profile.HIGH));
        AacEncoder aac = new AacEncoder(8000, 32_000)) {
      List<byte[]> pictures = new ArrayList<>();
      for (int i = 0; i < PICTURES; i++) {
        I420Picture picture = new I420Picture(WIDTH, HEIGHT);
        Arrays.fill(picture.luma(), (byte) grey(i));
        Arrays.fill(picture.blue(), (byte) 128);
        Arrays.fill(picture.red(), (byte) 128);
        PictureKind kind = i % GROUP == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
        pictures.add(encoder.encode(picture, kind).annexB());
      }
      try (FragmentMuxer muxer =
          new FragmentMuxer(
              new FragmentMuxer.Video(Codec.H264, WIDTH, HEIGHT, pictures.getFirst()),
              sound ? new FragmentMuxer.Sound(8000, 1, aac.config()) : null)) {
        all.writeBytes(muxer.header());
        header = all.size();
        long samples = 4000;
        int first = 0;
        for (int i = 0; i < PICTURES; i++) {
          muxer.video(ByteBuffer.wrap(pictures.get(i)), i % GROUP == 0, LEAD + i * TICKS, TICKS);
          if (sound) {
            for (byte[] frame : aac.encode(new short[320], 320)) {
              muxer.sound(ByteBuffer.wrap(frame), samples);
              samples += AacEncoder.FRAME_SAMPLES;
            }
          }
          int next = i + 1;
          if (next % GROUP == 0 || next % GROUP % 13 == 0) {
            byte[] bytes = muxer.fragment();
            fragments.add(
                new Fragment(
                    all.size(),
                    bytes.length,
                    LEAD + first * TICKS,
                    (next - first) * TICKS,
                    next - first,
                    first % GROUP == 0));
            all.writeBytes(bytes);
            first = next;
          }
        }
      }
    }
    return keep(all.toByteArray(), header, fragments);
  }

  private Piece keep(byte[] file, int header, List<Fragment> fragments) throws IOException {
    SegmentPlaces places = new SegmentPlaces(directory.resolve("recordings"));
    UUID id = UUID.randomUUID();
    Segment segment =
        new Segment(
            id,
            "139-1",
            "main",
            Owner.nobody(),
            START,
            START.plusSeconds(6),
            "h264",
            WIDTH,
            HEIGHT,
            null,
            LEAD,
            PICTURES,
            file.length,
            List.of(),
            places.keptPlace("139-1", "main", START, id, SegmentForm.PLAIN),
            "00".repeat(32),
            SegmentState.COMPLETE,
            Keeping.USUAL);
    Path path = places.file(segment.place());
    Files.createDirectories(path.getParent());
    Files.write(path, file);
    return new Piece(new Sidecar(segment, header, fragments), store);
  }

  private RangeFile exact(Instant from, Instant to) throws Exception {
    return RangeFile.exact(List.of(piece), from, to, coder);
  }

  private static byte[] bytes(RangeFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out, 0, file.length());
    return out.toByteArray();
  }

  /** The mean grey of each picture that is shown, as ffmpeg decodes them. */
  private List<Integer> greys(Path file) throws Exception {
    Path raw = directory.resolve("raw.yuv");
    Process ffmpeg =
        FfmpegTools.ffmpeg(
                "-v",
                "error",
                "-y",
                "-i",
                file.toString(),
                "-map",
                "0:v",
                "-fps_mode",
                "passthrough",
                "-pix_fmt",
                "yuv420p",
                "-f",
                "rawvideo",
                raw.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ffmpeg.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    byte[] all = Files.readAllBytes(raw);
    int size = WIDTH * HEIGHT * 3 / 2;
    List<Integer> greys = new ArrayList<>();
    for (int at = 0; at < all.length; at += size) {
      long sum = 0;
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        sum += all[at + i] & 0xff;
      }
      greys.add((int) Math.round(sum / (double) (WIDTH * HEIGHT)));
    }
    return greys;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 49, 51, 60, 75, 99, 101, 149})
  void beginsWithTheWantedPicture(int number) throws Exception {
    Instant from = START.plusMillis(number * 40L + 15);
    RangeFile range = exact(from, START.plusSeconds(6));
    assertThat(range.startOffset()).isEqualTo(Duration.ZERO);
    Path file = Files.write(directory.resolve("exact.mp4"), bytes(range));
    assertThat(Files.size(file)).isEqualTo(range.length());
    List<String> times = Probe.ask(file, "frame=pts_time", "-select_streams", "v");
    assertThat(Double.parseDouble(times.getFirst())).isBetween(-0.0001, 0.0001);
    // What is shown until the next one comes is shown for the rest of its time.
    if (times.size() > 1) {
      assertThat(Double.parseDouble(times.get(1))).isBetween(0.0249, 0.0251);
    }
    List<Integer> greys = greys(file);
    assertThat(greys).hasSize(PICTURES - number).hasSameSizeAs(times);
    for (int i = 0; i < greys.size(); i++) {
      assertThat(greys.get(i)).as("picture %d", i).isCloseTo(grey(number + i), within(2));
    }
  }

  @Test
  void whatBeginsWithAKeyframeStaysAsItIs() throws Exception {
    Instant from = START.plusSeconds(2);
    assertThat(bytes(exact(from, START.plusSeconds(4))))
        .isEqualTo(bytes(RangeFile.of(List.of(piece), from, START.plusSeconds(4))));
  }

  @Test
  void theSameRangeIsTheSameBytes() throws Exception {
    Instant from = START.plusMillis(1234);
    byte[] first = bytes(exact(from, START.plusSeconds(5)));
    assertThat(bytes(exact(from, START.plusSeconds(5)))).isEqualTo(first);
    try (GroupCoder another = new GroupCoder()) {
      RangeFile again = RangeFile.exact(List.of(piece), from, START.plusSeconds(5), another);
      assertThat(bytes(again)).isEqualTo(first);
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      again.write(part, 500, 5000);
      assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(first, 500, 5000));
    }
  }

  @Test
  void soundStaysAndNoProcessIsLeft() throws Exception {
    Path file =
        Files.write(
            directory.resolve("sound.mp4"),
            bytes(exact(START.plusMillis(2500), START.plusSeconds(6))));
    List<String> times = Probe.ask(file, "packet=pts_time", "-select_streams", "a");
    for (int i = 1; i < times.size(); i++) {
      assertThat(Double.parseDouble(times.get(i)) - Double.parseDouble(times.get(i - 1)))
          .isBetween(0.1279, 0.1281);
    }
    assertThat(Double.parseDouble(times.getLast())).isBetween(3.0, 3.6);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.current().children().noneMatch(ExactRangeTest::codes));
  }

  private static boolean codes(ProcessHandle child) {
    return child.info().commandLine().orElse("").contains("GroupChild");
  }

  @Test
  void worksWithoutSoundToo() throws Exception {
    piece = record(false);
    Path file =
        Files.write(
            directory.resolve("silent.mp4"),
            bytes(exact(START.plusMillis(500), START.plusSeconds(6))));
    assertThat(greys(file)).hasSize(PICTURES - 12);
  }
}
