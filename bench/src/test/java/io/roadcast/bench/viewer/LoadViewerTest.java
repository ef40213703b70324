package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.udp.NoiseReason;
import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The viewer against the real server over real sockets of the loopback interface. */
@Timeout(60)
class LoadViewerTest {
  private RealServer server;
  private FilmedStream stream;
  private ViewerLoop loop;

  @BeforeEach
  void start() throws Exception {
    server = new RealServer();
    stream = server.film(1);
    loop = ViewerLoop.start();
    await().until(() -> server.has(stream.id()));
  }

  @AfterEach
  void stop() {
    loop.close();
    stream.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(SrtpSuite.class)
  void seesPicturesAndSoundWithoutLoss(SrtpSuite suite) throws Exception {
    try (LoadViewer viewer = connect(LoadViewerOptions.defaults().withSuites(suite))) {
      await().until(() -> pictures(viewer) > 40);
      await().until(() -> viewer.statistics().audio().isPresent());
      await().until(() -> viewer.statistics().transport().reports() > 1);
      LoadViewerStatistics seen = viewer.statistics();
      TrackStatistics video = seen.video().orElseThrow();
      assertThat(video.codec()).isEqualTo("H264");
      assertThat(video.frames().keyframes()).isPositive();
      assertThat(video.frames().damaged()).isZero();
      assertThat(seen.audio().orElseThrow().codec()).isEqualTo("PCMA");
      assertThat(seen.lost()).isZero();
      assertThat(video.packets().duplicates()).isZero();
      assertThat(seen.transport().unauthentic()).isZero();
      assertThat(seen.transport().strays()).isZero();
      assertThat(seen.firstKeyframe()).isPresent();
      assertThat(seen.video().orElseThrow().clock()).isPresent();
      assertThat(session().state()).isEqualTo(ViewerState.CONNECTED);
    }
    await().until(() -> server.sfu().viewers().count() == 0);
  }

  @Test
  void putsSoundAndPictureOnOneClock() throws Exception {
    try (LoadViewer viewer = connect(LoadViewerOptions.defaults())) {
      await().until(() -> viewer.statistics().audio().flatMap(TrackStatistics::clock).isPresent());
      await().until(() -> viewer.statistics().video().flatMap(TrackStatistics::clock).isPresent());
      LoadViewerStatistics seen = viewer.statistics();
      assertThat(captureMicros(seen.video().orElseThrow()))
          .isCloseTo(captureMicros(seen.audio().orElseThrow()), Offset.offset(80_000L));
    }
  }

  private static long captureMicros(TrackStatistics track) {
    return track.clock().orElseThrow().epochMicrosOf(track.frames().lastTimestamp());
  }

  @Test
  void writesWhatADecoderAccepts(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("seen.h264");
    long written;
    try (AnnexBFile sink = new AnnexBFile(file)) {
      try (LoadViewer viewer = connect(LoadViewerOptions.defaults().withSink(sink))) {
        await().until(() -> sink.pictures() > 60);
        assertThat(viewer.statistics().lost()).isZero();
      }
      written = sink.pictures();
    }
    Process probe =
        FfmpegTools.ffprobe(
                "-v",
                "error",
                "-count_frames",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "csv=p=0",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String frames = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(frames.strip()).isEqualTo(String.valueOf(written));
  }

  @Test
  void getsEveryDroppedPacketAgainAsItWas() throws Exception {
    try (LoadViewer viewer = connect(LoadViewerOptions.defaults())) {
      viewer.dropping(0.1, 7);
      await()
          .until(
              () ->
                  viewer.statistics().video().map(track -> track.packets().repaired()).orElse(0L)
                      > 30);
      viewer.dropping(0, 0);
      await().until(() -> viewer.statistics().video().orElseThrow().packets().missing() == 0);
      PacketStatistics packets = viewer.statistics().video().orElseThrow().packets();
      assertThat(packets.lost()).isZero();
      assertThat(packets.wrongRepairs()).isZero();
      assertThat(packets.droppedOnPurpose()).isPositive().isEqualTo(packets.repaired());
      assertThat(viewer.statistics().video().orElseThrow().frames().damaged()).isZero();
    }
  }

  @Test
  void countsAsLostWhatIsNotAskedFor() throws Exception {
    LoadViewerOptions options =
        LoadViewerOptions.defaults().withoutNack().withPatience(Duration.ofMillis(100));
    try (LoadViewer viewer = connect(options)) {
      viewer.dropping(0.2, 3);
      await().until(() -> viewer.statistics().lost() > 10);
      TrackStatistics video = viewer.statistics().video().orElseThrow();
      assertThat(video.frames().damaged()).isPositive();
      assertThat(video.packets().repaired()).isZero();
    }
  }

  @Test
  void goesOnFromAnotherPort() throws Exception {
    try (LoadViewer viewer = connect(LoadViewerOptions.defaults())) {
      await().until(() -> pictures(viewer) > 5);
      int before = viewer.localPort();
      viewer.changeLocalPort();
      assertThat(viewer.localPort()).isNotEqualTo(before);
      long pictures = pictures(viewer);
      await().until(() -> pictures(viewer) > pictures + 25);
      assertThat(viewer.statistics().lost()).isZero();
      assertThat(server.sfu().viewers().count()).isEqualTo(1);
    }
  }

  @Test
  void noiseIsCountedAndHarmsNobody() throws Exception {
    try (LoadViewer victim = connect(LoadViewerOptions.defaults());
        LoadViewer villain = connect(LoadViewerOptions.defaults())) {
      Random random = new Random(5);
      for (int i = 0; i < 300; i++) {
        byte[] garbage = new byte[random.nextInt(300)];
        random.nextBytes(garbage);
        villain.sendRaw(garbage);
      }
      villain.sendRaw(villain.protectRtcp(nonsense(0x81, 201, 60)));
      byte[] report = villain.protectRtcp(emptyReport(villain.ssrc()));
      villain.sendRaw(report);
      villain.sendRaw(report);
      byte[] forged = villain.protectRtcp(emptyReport(villain.ssrc()));
      forged[9] ^= 1;
      villain.sendRaw(forged);
      villain.sendRaw(villain.protectRtp(nonsense(0x80, 103, 100)));
      await().until(() -> noise(NoiseReason.NOT_OURS) > 0);
      await().until(() -> noise(NoiseReason.RTCP_MALFORMED) > 0);
      await().until(() -> noise(NoiseReason.SRTCP_REPLAYED) > 0);
      await().until(() -> noise(NoiseReason.SRTCP_UNAUTHENTICATED) > 0);
      await().until(() -> noise(NoiseReason.MEDIA_FROM_VIEWER) > 0);
      seesMore(victim);
      seesMore(villain);
      assertThat(victim.statistics().lost() + villain.statistics().lost()).isZero();
    }
  }

  private long noise(NoiseReason reason) {
    return server.sfu().workerStatistics().stream()
        .mapToLong(worker -> worker.noise().getOrDefault(reason, 0L))
        .sum();
  }

  /** A header that promises something, and bytes that do not keep it. */
  private static byte[] nonsense(int first, int type, int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = (byte) first;
    bytes[1] = (byte) type;
    return bytes;
  }

  private static byte[] emptyReport(int ssrc) {
    return ByteBuffer.allocate(8).putInt(0x80c9_0001).putInt(ssrc).array();
  }

  @Test
  void aKeyframeRequestIsAnswered() throws Exception {
    try (LoadViewer viewer = connect(LoadViewerOptions.defaults())) {
      seesMore(viewer);
      viewer.requestKeyframe();
      await().until(() -> session().statistics().plis() > 0);
      seesMore(viewer);
      assertThat(viewer.statistics().video().orElseThrow().frames().damaged()).isZero();
    }
  }

  @Test
  void theServerNoticesAViewerThatVanished() throws Exception {
    try (RealServer impatient =
        new RealServer(
            SfuConfig.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2)))) {
      try (FilmedStream film = impatient.film(2)) {
        await().until(() -> impatient.has(film.id()));
        LoadViewer viewer =
            LoadViewer.connect(loop, impatient.exchange(film.id()), LoadViewerOptions.defaults());
        assertThat(impatient.sfu().viewers().count()).isEqualTo(1);
        viewer.abandon();
        await().until(() -> impatient.sfu().viewers().count() == 0);
        assertThat(viewer.statistics().state()).isEqualTo(LoadViewerState.CLOSED);
      }
    }
  }

  private void seesMore(LoadViewer viewer) {
    long before = pictures(viewer);
    await().until(() -> pictures(viewer) > before + 25);
  }

  private ViewerSession session() {
    return server.sfu().viewers().list().getFirst();
  }

  @Test
  void noticesThatItWasThrownOut() throws Exception {
    try (LoadViewer viewer = connect(LoadViewerOptions.defaults())) {
      await().until(() -> pictures(viewer) > 0);
      server.sfu().viewers().close(server.sfu().viewers().list().getFirst().id(), ViewerEnd.KICKED);
      await().until(() -> viewer.statistics().state() == LoadViewerState.CLOSED_BY_SERVER);
    }
  }

  @Test
  void tellsWhyThereIsNoConnection() {
    LoadViewerOptions options =
        LoadViewerOptions.defaults()
            .withConnectTimeout(Duration.ofMillis(300))
            .withOfferEdit(
                offer -> offer.replaceAll("a=fingerprint:sha-256 ..", "a=fingerprint:sha-256 00"));
    assertThatThrownBy(() -> connect(options)).isInstanceOf(IOException.class);
    await().until(() -> server.sfu().viewers().count() == 0);
  }

  private LoadViewer connect(LoadViewerOptions options) throws Exception {
    return LoadViewer.connect(loop, server.exchange(stream.id()), options);
  }

  private static long pictures(LoadViewer viewer) {
    return viewer.statistics().video().map(track -> track.frames().complete()).orElse(0L);
  }
}
