package io.roadcast.sfu.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.tcp.ConnectionEnd;
import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PeerTransport;
import io.roadcast.sfu.udp.TestCamera;
import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerState;
import io.roadcast.sfu.udp.ViewerStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Viewers that come by connections, over the loopback interface. */
@Timeout(60)
class TcpViewersTest {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final int USUAL = 1 << 20;
  private static final int SMALL = 8 << 10;
  private static final int GROUP = 10;

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  private SfuServer sfu;
  private TestCamera camera;

  @BeforeEach
  void start() throws Exception {
    sfu =
        SfuServer.start(
            SfuConfig.defaults()
                .withUdpPort(0)
                .withWorkers(2)
                .withBindAddresses(List.of(InetAddress.getLoopbackAddress())));
    camera = new TestCamera(router, ID, GROUP, 20_000, 6_000);
  }

  @AfterEach
  void everyBlockIsReturned() {
    sfu.close();
    assertThat(sfu.tcpStatistics().open()).isZero();
    router.close();
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void aViewerSeesEveryPictureAndMissingPacketsAreSentAgain() throws Exception {
    film(1);
    try (LoopbackViewer viewer = LoopbackViewer.connectByTcp(sfu, camera.stream(), USUAL)) {
      for (int count = 1; count < 30; count++) {
        int pictures = count;
        await().until(() -> viewer.pictures().size() == pictures);
        film(1);
      }
      await().until(() -> viewer.pictures().size() == 30);
      assertThat(viewer.pictures()).isEqualTo(IntStream.range(0, 30).boxed().toList());
      camera.sound(System.nanoTime());
      await().until(() -> !viewer.ofType(LoopbackViewer.AUDIO).isEmpty());

      LoopbackViewer.Packet lost = viewer.ofType(LoopbackViewer.VIDEO).get(3);
      viewer.report(new RtcpPacket.Nack(1, lost.ssrc(), List.of(lost.sequence())));
      await().until(() -> viewer.ofType(LoopbackViewer.RTX).size() == 1);

      assertThat(viewer.undecryptable()).isZero();
      await().until(() -> viewer.session.statistics().remote() != null);
      assertThat(remote(viewer).transport()).isEqualTo(PeerTransport.TCP);
      assertThat(sfu.tcpStatistics().open()).isEqualTo(1);
    }
  }

  @Test
  void whoDoesNotReadMissesWholePicturesAndGoesOnAtAKeyframe() throws Exception {
    film(1);
    try (LoopbackViewer slow = LoopbackViewer.connectByTcp(sfu, camera.stream(), SMALL);
        LoopbackViewer other = LoopbackViewer.connect(sfu, camera.stream())) {
      await().until(() -> slow.pictures().size() == 1 && other.pictures().size() == 1);
      slow.pause(true);
      int filmed = 1;
      while (slow.session.statistics().droppedFrames() == 0 && filmed < 2000) {
        film(1);
        filmed++;
        int pictures = filmed;
        await().until(() -> other.pictures().size() == pictures);
      }
      assertThat(slow.session.statistics().droppedFrames()).isPositive();

      slow.pause(false);
      int last = filmed + 3 * GROUP;
      for (; filmed < last; filmed++) {
        film(1);
        int pictures = filmed + 1;
        await().until(() -> other.pictures().size() == pictures);
      }
      await().until(() -> slow.pictures().getLast() == last - 1);
      assertThat(other.pictures()).isEqualTo(IntStream.range(0, last).boxed().toList());
      assertThat(wholeButForTheLastOfEachPart(slow.pictures())).isTrue();
      assertThat(slow.undecryptable()).isZero();
      assertThat(slow.session.state()).isEqualTo(ViewerState.CONNECTED);
    }
  }

  @Test
  void aViewerGoesFromUdpToTcpAndBack() throws Exception {
    film(1);
    try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
      await().until(() -> viewer.pictures().size() == 1);
      InetSocketAddress server =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), sfu.port());
      viewer.roam(Wire.tcp(server, USUAL));
      await().until(() -> remoteIs(viewer, PeerTransport.TCP));
      film(1);
      await().until(() -> viewer.pictures().size() == 2);
      viewer.roam();
      await().until(() -> remoteIs(viewer, PeerTransport.UDP));
      film(1);
      await().until(() -> viewer.pictures().size() == 3);
      await().until(() -> sfu.tcpStatistics().open() == 0);
      assertThat(sfu.tcpStatistics().ends().get(ConnectionEnd.PEER_GONE)).isEqualTo(1);
    }
  }

  @Test
  void aConnectionEndsWithItsViewer() throws Exception {
    film(1);
    try (LoopbackViewer viewer = LoopbackViewer.connectByTcp(sfu, camera.stream(), USUAL)) {
      await().until(() -> viewer.pictures().size() == 1);
      sfu.viewers().close(viewer.session.id(), ViewerEnd.KICKED);
      await().until(() -> viewer.rtcp().stream().anyMatch(RtcpPacket.Bye.class::isInstance));
      await().until(viewer::isClosed);
      assertThat(sfu.tcpStatistics().ends().get(ConnectionEnd.VIEWER_OVER)).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotIceIsClosedAtOnce() throws Exception {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), sfu.port());
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      byte[] garbage = new byte[3000];
      random.nextBytes(garbage);
      try (Wire wire = Wire.tcp(server, USUAL)) {
        Wire.Tcp tcp = (Wire.Tcp) wire;
        tcp.out().write(garbage);
        assertThat(ended(tcp)).isTrue();
      }
    }
    await().until(() -> sfu.tcpStatistics().open() == 0);
  }

  private static boolean ended(Wire.Tcp wire) {
    try {
      return wire.in().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Within a part without a gap pictures follow each other; after one comes a keyframe. */
  private static boolean wholeButForTheLastOfEachPart(List<Integer> pictures) {
    return IntStream.range(1, pictures.size())
        .allMatch(
            i ->
                pictures.get(i) == pictures.get(i - 1) + 1
                    || (pictures.get(i) > pictures.get(i - 1) && pictures.get(i) % GROUP == 0));
  }

  private boolean remoteIs(LoopbackViewer viewer, PeerTransport transport) {
    PeerAddress remote = viewer.session.statistics().remote();
    return remote != null && remote.transport() == transport;
  }

  private static PeerAddress remote(LoopbackViewer viewer) {
    ViewerStatistics statistics = viewer.session.statistics();
    PeerAddress remote = statistics.remote();
    assertThat(remote).isNotNull();
    return remote;
  }

  private void film(int count) {
    for (int i = 0; i < count; i++) {
      camera.picture(System.nanoTime());
    }
  }
}
