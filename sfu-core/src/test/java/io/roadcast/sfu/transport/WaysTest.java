package io.roadcast.sfu.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.linux.NativePortException;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.udp.TestCamera;
import io.roadcast.sfu.webrtc.SdpException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The addresses that a server is reached at and that viewers come from, IPv4 and IPv6. */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = {"NATIVE", "NIO"})
class WaysTest {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");

  private final UdpPortKind kind;
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);

  WaysTest(UdpPortKind kind) {
    this.kind = kind;
  }

  @AfterEach
  void everyBlockIsReturned() {
    router.close();
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void aServerOfAllAddressesServesBothFamilies() throws Exception {
    assumeTrue(hasIpv6(), "SKIPPED: this machine has no IPv6");
    try (SfuServer sfu = start(List.of())) {
      TestCamera camera = new TestCamera(router, ID, 1000, 10_000, 3_000);
      camera.picture(System.nanoTime());
      try (LoopbackViewer four = LoopbackViewer.connectAt(IPV4, sfu, camera.stream());
          LoopbackViewer six = LoopbackViewer.connectAt(IPV6, sfu, camera.stream())) {
        await().until(() -> four.pictures().size() == 1 && six.pictures().size() == 1);
        camera.picture(System.nanoTime());
        await().until(() -> four.pictures().size() == 2 && six.pictures().size() == 2);
        six.roam(Wire.tcp(new InetSocketAddress(IPV6, sfu.port()), 1 << 20));
        await().until(() -> remoteOf(six).startsWith("TCP [0:0:0:0:0:0:0:1]"));
        camera.picture(System.nanoTime());
        await().until(() -> six.pictures().size() == 3);
      }
    }
  }

  @Test
  void aServerOfOneIpv6AddressTellsThat() throws Exception {
    assumeTrue(hasIpv6(), "SKIPPED: this machine has no IPv6");
    try (SfuServer sfu = start(List.of(IPV6))) {
      TestCamera camera = new TestCamera(router, ID, 1000, 10_000, 3_000);
      camera.picture(System.nanoTime());
      try (LoopbackViewer viewer = LoopbackViewer.connectAt(IPV6, sfu, camera.stream())) {
        assertThat(viewer.session.sdpAnswer())
            .contains("c=IN IP6 0:0:0:0:0:0:0:1")
            .containsPattern("a=candidate:1 1 udp [0-9]+ 0:0:0:0:0:0:0:1 [0-9]+ typ host\r\n")
            .containsPattern(
                "a=candidate:tcp1 1 tcp [0-9]+ 0:0:0:0:0:0:0:1 [0-9]+ typ host tcptype passive");
        await().until(() -> viewer.pictures().size() == 1);
      }
    }
  }

  @Test
  void anIceRestartGoesOnWithOtherCredentialsAndTheSameMedia() throws Exception {
    try (SfuServer sfu = start(List.of(IPV4))) {
      TestCamera camera = new TestCamera(router, ID, 1000, 10_000, 3_000);
      camera.picture(System.nanoTime());
      try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
        await().until(() -> viewer.pictures().size() == 1);
        String tag = viewer.session.iceTag();
        for (int restart = 1; restart <= 3; restart++) {
          int answers = viewer.stunAnswers();
          int pictures = restart + 1;
          viewer.restartIce();
          await().until(() -> viewer.stunAnswers() > answers);
          camera.picture(System.nanoTime());
          await().until(() -> viewer.pictures().size() == pictures);
        }
        assertThat(viewer.pictures()).isEqualTo(IntStream.range(0, 4).boxed().toList());
        assertThat(viewer.session.iceTag()).isNotEqualTo(tag);
        assertThat(viewer.undecryptable()).isZero();
        assertThatExceptionOfType(SdpException.class)
            .isThrownBy(() -> viewer.session.restartIce("a=candidate:nothing else\r\n"));
      }
    }
  }

  @Test
  void theFormerCredentialsHoldUntilTheNewOnesAreUsed() throws Exception {
    try (SfuServer sfu = start(List.of(IPV4))) {
      TestCamera camera = new TestCamera(router, ID, 1000, 10_000, 3_000);
      camera.picture(System.nanoTime());
      try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream())) {
        await().until(() -> viewer.pictures().size() == 1);
        viewer.session.restartIce("a=ice-ufrag:anew\r\na=ice-pwd:anewanewanewanewanewanew\r\n");
        int answers = viewer.stunAnswers();
        viewer.check();
        await().until(() -> viewer.stunAnswers() > answers);
        int before = viewer.stunAnswers();
        viewer.restartIce();
        await().until(() -> viewer.stunAnswers() > before);
        assertThat(sfu.viewers().count()).isEqualTo(1);
      }
    }
  }

  private static String remoteOf(LoopbackViewer viewer) {
    var remote = viewer.session.statistics().remote();
    return remote == null
        ? ""
        : remote.transport()
            + " ["
            + remote.toSocketAddress().getAddress().getHostAddress()
            + "]:"
            + remote.port();
  }

  private static boolean hasIpv6() {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(IPV6, 0))) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  private SfuServer start(List<InetAddress> addresses) throws IOException {
    try {
      return SfuServer.start(
          SfuConfig.defaults()
              .withUdpPort(0)
              .withBindAddresses(addresses)
              .withWorkers(2)
              .withUdp(kind, SegmentationOffload.AUTO));
    } catch (IOException e) {
      if (e.getCause() instanceof NativePortException) {
        return abort("SKIPPED: " + e.getMessage());
      }
      throw e;
    }
  }
}
