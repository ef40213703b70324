package io.roadcast.bench.fanout;

import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.srtp.SlabKind;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.udp.MediaWorker;
import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PlayoutDelay;
import io.roadcast.sfu.udp.TrackPlan;
import io.roadcast.sfu.udp.UdpPort;
import io.roadcast.sfu.udp.Viewer;
import io.roadcast.sfu.udp.ViewerDirectory;
import io.roadcast.sfu.udp.ViewerPlan;
import io.roadcast.sfu.udp.ViewerState;
import io.roadcast.sfu.udp.WorkerClock;
import io.roadcast.sfu.udp.WorkerSettings;
import io.roadcast.sfu.udp.WorkerStatistics;
import io.roadcast.sfu.webrtc.IceCredentials;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One media worker as a server runs it, with its viewers and a stream that fills it. */
final class FanoutRig implements AutoCloseable {
  private static final WorkerSettings SETTINGS =
      new WorkerSettings(
          Duration.ofDays(1),
          Duration.ofDays(1),
          12_500,
          62_500,
          PlayoutDelay.LOWEST,
          Duration.ofMillis(100),
          16 << 20,
          4096);
  private static final int MAX_IDLE_BYTES = 64 << 20;

  private final FedPort port;
  private final RtpBlockPool pool;
  private final Router router;
  private final MediaWorker worker;
  private final ViewerDirectory directory = new ViewerDirectory();
  private final List<Viewer> viewers = new ArrayList<>();
  private final FrameSource source = new FrameSource();
  private final Publication publication;

  FanoutRig(UdpPort real, SrtpEngine engine) {
    port = new FedPort(real);
    boolean heap = engine.preferredMemory() == SlabKind.HEAP;
    pool =
        new RtpBlockPool(
            heap ? RtpBlockPool.Backing.HEAP : RtpBlockPool.Backing.NATIVE, MAX_IDLE_BYTES);
    router = new Router(new RouterConfig(1, Duration.ZERO, 8 << 20, 700), pool);
    worker = new MediaWorker(0, port, engine, SETTINGS, WorkerClock.SYSTEM, directory);
    try {
      publication = router.publish(StreamId.ofTerminal("1", 1, Quality.MAIN), source);
    } catch (PublishRefusedException e) {
      throw new IllegalStateException("the first stream", e);
    }
    worker.start();
  }

  /** Adds viewers at successive ports, whose checks and handshakes are taken for done. */
  void join(int count, InetSocketAddress first, SrtpProfile profile) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      Viewer viewer = viewer(i);
      directory.add(viewer);
      viewers.add(viewer);
      InetSocketAddress at = new InetSocketAddress(first.getAddress(), first.getPort() + i);
      port.arrive(PeerAddress.of(at), StunCheck.nominating(viewer.plan().ice(), i));
      while (worker.statistics().viewers() < viewers.size()) {
        Thread.sleep(1);
      }
      viewer.keysReady(keys(profile, i));
    }
    for (Viewer viewer : viewers) {
      while (viewer.state() != ViewerState.CONNECTED) {
        Thread.sleep(1);
      }
    }
  }

  /** Has frames sent as fast as can be, until {@link #rest()}. */
  void run(int packetsPerFrame) {
    source.packetsPerFrame(packetsPerFrame);
    port.feedBy(() -> source.publishNext(publication));
  }

  void rest() {
    port.feedBy(null);
  }

  WorkerStatistics statistics() {
    return worker.statistics();
  }

  private Viewer viewer(int number) {
    TrackPlan video = new TrackPlan(Codec.H264, 102, 0x1000 + number, 103, 0x9000 + number, 5);
    ViewerPlan plan =
        new ViewerPlan(
            UUID.randomUUID(), publication.stream(), video, null, IceCredentials.random(), "bench");
    return new Viewer(plan, new NoEvents(), directory);
  }

  private static SrtpKeys keys(SrtpProfile profile, int number) {
    byte[] exported = new byte[profile.exportBytes()];
    new Random(number).nextBytes(exported);
    return SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.SERVER);
  }

  @Override
  public void close() throws InterruptedException {
    rest();
    router.close();
    worker.stop();
    pool.close();
  }
}
