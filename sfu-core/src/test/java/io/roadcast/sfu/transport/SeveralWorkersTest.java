package io.roadcast.sfu.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.linux.NativePortException;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.udp.TestCamera;
import io.roadcast.sfu.udp.WorkerStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Viewers of three workers that share a port, while they change their addresses. */
@Timeout(120)
@ParameterizedClass
@EnumSource(names = {"NATIVE", "NIO"})
class SeveralWorkersTest {
  private static final int WORKERS = 3;
  private static final int VIEWERS = 24;
  private static final int MOVES = 4;

  private final UdpPortKind kind;
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  private final List<LoopbackViewer> viewers = new ArrayList<>();

  SeveralWorkersTest(UdpPortKind kind) {
    this.kind = kind;
  }

  @AfterEach
  void everyBlockIsReturned() {
    viewers.forEach(LoopbackViewer::close);
    router.close();
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void roamingViewersStayWithTheirWorkersAndMissNothing() throws Exception {
    try (SfuServer sfu = start()) {
      StreamId id = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
      TestCamera camera = new TestCamera(router, id, 1000, 10_000, 3_000);
      film(camera, 3);
      for (int i = 0; i < VIEWERS; i++) {
        viewers.add(LoopbackViewer.connect(sfu, camera.stream()));
      }
      awaitPictures(3);
      List<Integer> before = viewersOfWorkers(sfu);
      assertThat(before.stream().mapToInt(n -> n).sum()).isEqualTo(VIEWERS);
      assertThat(before.stream().filter(n -> n > 0).count())
          .as("the kernel spreads viewers over the sockets: %s", before)
          .isGreaterThan(1);
      for (int move = 1; move <= MOVES; move++) {
        roamAndAskAgain();
        film(camera, 2);
        awaitPictures(3 + 2 * move);
      }
      assertThat(viewersOfWorkers(sfu)).isEqualTo(before);
      assertThat(sfu.workerStatistics().stream().mapToLong(WorkerStatistics::handedOver).sum())
          .as("checks and reports from addresses that another socket got")
          .isPositive();
      assertThat(viewers).allMatch(viewer -> viewer.undecryptable() == 0);
    }
  }

  /** Each viewer moves, and its next report reaches its worker wherever it comes in. */
  private void roamAndAskAgain() throws Exception {
    for (LoopbackViewer viewer : viewers) {
      int answers = viewer.stunAnswers();
      viewer.roam();
      await().until(() -> viewer.stunAnswers() > answers);
      LoopbackViewer.Packet lost = viewer.ofType(LoopbackViewer.VIDEO).getLast();
      int repairs = viewer.ofType(LoopbackViewer.RTX).size();
      viewer.report(new RtcpPacket.Nack(1, lost.ssrc(), List.of(lost.sequence())));
      await().until(() -> viewer.ofType(LoopbackViewer.RTX).size() > repairs);
    }
  }

  private void awaitPictures(int count) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    for (LoopbackViewer viewer : viewers) {
      await().until(() -> viewer.pictures().size() == count);
      assertThat(viewer.pictures()).isEqualTo(all);
    }
  }

  private SfuServer start() throws IOException {
    try {
      return SfuServer.start(
          SfuConfig.defaults()
              .withUdpPort(0)
              .withBindAddresses(List.of(InetAddress.getLoopbackAddress()))
              .withWorkers(WORKERS)
              .withUdp(kind, SegmentationOffload.AUTO));
    } catch (IOException e) {
      if (e.getCause() instanceof NativePortException) {
        return abort("SKIPPED: " + e.getMessage());
      }
      throw e;
    }
  }

  private static List<Integer> viewersOfWorkers(SfuServer sfu) {
    return sfu.workerStatistics().stream().map(WorkerStatistics::viewers).toList();
  }

  private static void film(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      camera.picture(System.nanoTime());
    }
  }
}
