package io.roadcast.sfu.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.linux.NativePortException;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.udp.NoiseReason;
import io.roadcast.sfu.udp.TestCamera;
import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerState;
import io.roadcast.sfu.udp.WorkerStatistics;
import io.roadcast.sfu.webrtc.SdpException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way over real sockets of the loopback interface. */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = {"NATIVE", "NIO"})
class SfuServerTest {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final UdpPortKind kind;
  private @Nullable SfuServer server;

  SfuServerTest(UdpPortKind kind) {
    this.kind = kind;
  }

  @AfterEach
  void everyBlockIsReturned() {
    if (server != null) {
      server.close();
    }
    router.close();
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void aViewerSeesEveryPictureFromTheKeyframeOn() throws Exception {
    SfuServer sfu = start(config());
    TestCamera camera = camera();
    film(camera, 20);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
      await().until(() -> viewer.pictures().size() == 20);
      film(camera, 30);
      camera.sound(System.nanoTime());
      await().until(() -> viewer.pictures().size() == 50);
      await().until(() -> viewer.ofType(LoopbackViewer.AUDIO).size() == 2);
      assertThat(viewer.pictures()).isEqualTo(IntStream.range(0, 50).boxed().toList());
      assertThat(viewer.undecryptable()).isZero();
      assertThat(viewer.session.state()).isEqualTo(ViewerState.CONNECTED);
      await().until(() -> viewer.session.statistics().packets() > 50);
      assertThat(viewer.session.statistics().remote()).isNotNull();
    }
  }

  @Test
  void aMissingPacketIsSentAgain() throws Exception {
    SfuServer sfu = start(config());
    TestCamera camera = camera();
    film(camera, 5);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
      await().until(() -> viewer.pictures().size() == 5);
      LoopbackViewer.Packet lost = viewer.ofType(LoopbackViewer.VIDEO).get(3);
      viewer.report(new RtcpPacket.Nack(1, lost.ssrc(), List.of(lost.sequence())));
      await().until(() -> viewer.ofType(LoopbackViewer.RTX).size() == 1);
      byte[] payload = viewer.ofType(LoopbackViewer.RTX).getFirst().payload();
      assertThat(ByteBuffer.wrap(payload).getShort() & 0xffff).isEqualTo(lost.sequence());
      assertThat(Arrays.copyOfRange(payload, 2, payload.length)).isEqualTo(lost.payload());
    }
  }

  @Test
  void aKickedViewerIsToldGoodbye() throws Exception {
    SfuServer sfu = start(config());
    TestCamera camera = camera();
    film(camera, 1);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
      await().until(() -> !viewer.pictures().isEmpty());
      assertThat(sfu.viewers().list(ID)).containsExactly(viewer.session);
      assertThat(sfu.viewers().close(viewer.session.id(), ViewerEnd.KICKED)).isTrue();
      await().until(() -> notices.contains("closed KICKED"));
      await().until(() -> viewer.rtcp().stream().anyMatch(RtcpPacket.Bye.class::isInstance));
      assertThat(sfu.viewers().find(viewer.session.id())).isEmpty();
      assertThat(sfu.viewers().count()).isZero();
      assertThat(sfu.viewers().count(ID)).isZero();
    }
  }

  @Test
  void aViewerThatSaysCloseNotifyIsGone() throws Exception {
    SfuServer sfu = start(config());
    TestCamera camera = camera();
    film(camera, 1);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
      await().until(() -> notices.contains("connected"));
      viewer.sayGoodbye();
      await().until(() -> notices.contains("closed LEFT"));
    }
  }

  @Test
  void aRoamingViewerGoesOnAtItsNewAddressWithoutSignalling() throws Exception {
    roams(config());
  }

  @Test
  void aRoamingViewerStaysWithItsWorkerWhoeverHearsIt() throws Exception {
    roams(config().withWorkers(2));
  }

  private void roams(SfuConfig config) throws Exception {
    SfuServer sfu = start(config);
    TestCamera camera = camera();
    film(camera, 3);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
      int pictures = 3;
      for (int move = 0; move < 8; move++) {
        int wanted = pictures;
        await().until(() -> viewer.pictures().size() == wanted);
        int answers = viewer.stunAnswers();
        viewer.roam();
        await().until(() -> viewer.stunAnswers() > answers);
        LoopbackViewer.Packet lost = viewer.ofType(LoopbackViewer.VIDEO).getLast();
        int repairs = viewer.ofType(LoopbackViewer.RTX).size();
        viewer.report(new RtcpPacket.Nack(1, lost.ssrc(), List.of(lost.sequence())));
        await().until(() -> viewer.ofType(LoopbackViewer.RTX).size() > repairs);
        film(camera, 2);
        pictures += 2;
      }
      int all = pictures;
      await().until(() -> viewer.pictures().size() == all);
      assertThat(sfu.workerStatistics().stream().mapToInt(WorkerStatistics::viewers).sum())
          .isEqualTo(1);
    }
  }

  @Test
  void aSessionThatNeverConnectsIsDropped() throws Exception {
    SfuServer sfu = start(config().withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(30)));
    TestCamera camera = camera();
    film(camera, 1);
    try (LoopbackViewer silent = LoopbackViewer.open(sfu, camera.stream())) {
      await().until(() -> notices.contains("closed NEVER_CONNECTED"));
      assertThat(silent.session.state()).isEqualTo(ViewerState.CLOSED);
      assertThat(sfu.viewers().count()).isZero();
    }
  }

  @Test
  void refusesWhatItCanNotServe() throws Exception {
    SfuServer sfu = start(config().withLimits(2, 1));
    TestCamera camera = camera();
    assertThatExceptionOfType(StreamWithoutMediaException.class)
        .isThrownBy(() -> LoopbackViewer.open(sfu, camera.stream()));
    film(camera, 1);
    assertThatExceptionOfType(SdpException.class)
        .isThrownBy(
            () -> sfu.viewers().open(camera.stream(), "nonsense", ViewerOptions.of("test")));
    LoopbackViewer.open(sfu, camera.stream()).close();
    assertThatExceptionOfType(StreamViewersFullException.class)
        .isThrownBy(() -> LoopbackViewer.open(sfu, camera.stream()));
    TestCamera other =
        new TestCamera(router, StreamId.ofTerminal("2", 1, Quality.MAIN), 100, 3000, 1000);
    film(other, 1);
    LoopbackViewer.open(sfu, other.stream()).close();
    TestCamera third =
        new TestCamera(router, StreamId.ofTerminal("3", 1, Quality.MAIN), 100, 3000, 1000);
    film(third, 1);
    assertThatExceptionOfType(TooManyViewersException.class)
        .isThrownBy(() -> LoopbackViewer.open(sfu, third.stream()));
    assertThat(sfu.viewers().count()).isEqualTo(2);
    assertThat(sfu.viewers().refused()).isEqualTo(2);
  }

  @Test
  void answersForTheSoundThatTheSourceHasSpokenOf() throws Exception {
    SfuServer sfu = start(config());
    TestCamera camera = camera();
    film(camera, 1);
    assertThat(answer(sfu, camera)).contains("a=rtpmap:8 PCMA/8000");
    camera.expectedSound = ExpectedSound.NONE;
    assertThat(answer(sfu, camera)).contains("m=audio 0 ").doesNotContain("PCMA");
    camera.expectedSound = new ExpectedSound.Of(new AudioFormat(Codec.PCMU, 8000, 1));
    assertThat(answer(sfu, camera)).doesNotContain("PCMA"); // U-law was not offered
  }

  private static String answer(SfuServer sfu, TestCamera camera) throws Exception {
    try (LoopbackViewer viewer = LoopbackViewer.open(sfu, camera.stream())) {
      return viewer.session.sdpAnswer();
    }
  }

  @Test
  void noiseIsNotAnsweredAndDisturbsNobody() throws Exception {
    SfuServer sfu = start(config());
    TestCamera camera = camera();
    film(camera, 1);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream());
        LoopbackViewer stranger = LoopbackViewer.open(sfu, camera.stream())) {
      await().until(() -> !viewer.pictures().isEmpty());
      stranger.startReading();
      stranger.checkWithWrongPassword();
      Random random = new Random(3);
      for (int i = 0; i < 500; i++) {
        byte[] noise = new byte[1 + random.nextInt(1400)];
        random.nextBytes(noise);
        stranger.send(noise);
      }
      film(camera, 10);
      await().until(() -> viewer.pictures().size() == 11);
      await()
          .until(
              () ->
                  sfu.workerStatistics().getFirst().noise().values().stream()
                          .mapToLong(n -> n)
                          .sum()
                      >= 490);
      assertThat(stranger.stunAnswers()).isZero();
      assertThat(sfu.workerStatistics().getFirst().noise().get(NoiseReason.STUN_UNAUTHENTICATED))
          .isEqualTo(1);
    }
  }

  @Test
  void aServerThatStopsTellsItsViewers() throws Exception {
    SfuServer sfu = start(config());
    TestCamera camera = camera();
    film(camera, 1);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
      await().until(() -> !viewer.pictures().isEmpty());
      sfu.close();
      assertThat(notices).contains("closed SERVER_STOPPING");
      await().until(() -> viewer.rtcp().stream().anyMatch(RtcpPacket.Bye.class::isInstance));
    }
  }

  private SfuServer start(SfuConfig config) throws Exception {
    SfuServer started = start(config, kind);
    server = started;
    started
        .viewers()
        .addListener(
            new ViewerListener() {
              @Override
              public void connected(ViewerSession viewer) {
                notices.add("connected");
              }

              @Override
              public void closed(ViewerSession viewer, ViewerEnd end) {
                notices.add("closed " + end);
              }
            });
    return started;
  }

  private static SfuServer start(SfuConfig config, UdpPortKind kind) throws IOException {
    try {
      SfuServer started = SfuServer.start(config.withUdp(kind, SegmentationOffload.AUTO));
      assertThat(started.udpPort().port()).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
      return started;
    } catch (IOException e) {
      if (e.getCause() instanceof NativePortException) {
        abort("SKIPPED: " + e.getMessage());
      }
      throw e;
    }
  }

  private static SfuConfig config() {
    return SfuConfig.defaults()
        .withUdpPort(0)
        .withWorkers(1)
        .withBindAddresses(List.of(InetAddress.getLoopbackAddress()));
  }

  private TestCamera camera() throws Exception {
    return new TestCamera(router, ID, 100, 30_000, 3_000);
  }

  private static void film(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      camera.picture(System.nanoTime());
    }
  }
}
