package io.roadcast.recorder.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.AdpcmEncoder;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.recorder.Probe;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.transcode.SoundRenditions;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transcode.Transcoders;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sound that is not G.711 is recorded too, by way of the transcoding that viewers use. */
@Timeout(120)
class RecordedSoundTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int SAMPLES = 320;
  private static final long FRAME_MICROS = 40_000;

  @TempDir private Path directory;
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(100, Duration.ofSeconds(10), 1 << 23, 2400), pool);
  private final TranscodeConfig config = TranscodeConfig.defaults();
  private final Transcoders transcoders = new Transcoders(config);
  private final AdpcmEncoder adpcm = new AdpcmEncoder();
  private final long startNanos = System.nanoTime();
  private int sounds;

  @Test
  void soundInAdpcmIsInTheRecording() throws Exception {
    SoundRenditions renditions =
        new SoundRenditions(transcoders, config, pool, stream -> Optional.empty());
    router.addListener(renditions);
    Recorder recorder =
        Recorder.start(
            TestRecorder.config(directory),
            router,
            segment -> true,
            segment -> {},
            stream -> Owner.nobody(),
            new Recorder.Surroundings(
                new DiskGuard(() -> Long.MAX_VALUE, 0), InstantSource.system(), renditions));
    try (TestCamera camera = new TestCamera(router, TestRecorder.STREAM, 320, 240)) {
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(400))
          .until(
              () -> {
                second(camera);
                return complete(recorder).stream().filter(RecordedSoundTest::hasSound).count() > 1;
              });
      assertThat(transcoders.statistics().jobs()).isEqualTo(1);
    }
    await().atMost(SOON).until(() -> transcoders.statistics().jobs() == 0);
    // In the first the sound may start late, and one that the camera's end has cut may be short.
    Segment whole = complete(recorder).stream().filter(RecordedSoundTest::hasSound).toList().get(1);
    Path file = new SegmentPlaces(directory).file(whole.place());
    assertThat(Probe.ask(file, "stream=codec_name")).containsExactlyInAnyOrder("h264", "aac");
    assertThat(Probe.ask(file, "packet=pts_time", "-select_streams", "a")).hasSizeGreaterThan(10);
    recorder.close();
    router.close();
    transcoders.close();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  private void second(TestCamera camera) throws Exception {
    for (int i = 0; i < TestCamera.FRAMES_PER_SECOND; i++) {
      short[] tone = new short[SAMPLES];
      for (int j = 0; j < SAMPLES; j++) {
        tone[j] = (short) (8000 * Math.sin(2 * Math.PI * 400 * j / 8000.0));
      }
      long micros = sounds++ * FRAME_MICROS;
      camera
          .publication()
          .audio(
              new AudioFrame(
                  Codec.ADPCM,
                  ByteBuffer.wrap(adpcm.encode(tone)),
                  micros,
                  startNanos + micros * 1000));
      camera.picture();
    }
  }

  private static List<Segment> complete(Recorder recorder) {
    return recorder.ring().segments().stream()
        .filter(segment -> segment.state() == SegmentState.COMPLETE)
        .toList();
  }

  private static boolean hasSound(Segment segment) {
    return "aac".equals(segment.sound());
  }
}
