package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.srtp.SlabKind;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.srtp.SrtpSendContext;
import io.roadcast.sfu.webrtc.IceCredentials;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the worker itself makes per packet, with a port and an encryption that make nothing. */
@Timeout(60)
class AllocationTest {
  private static final int VIEWERS = 50;
  private static final int FRAMES = 200;

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 24);
  private final Router router =
      new Router(new RouterConfig(1, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  private final FakeClock clock = new FakeClock();
  private final ViewerDirectory directory = new ViewerDirectory();
  private final MediaWorker worker =
      new MediaWorker(
          0, new SilentPort(), new NoEncryption(), WorkerHarness.SETTINGS, clock, directory);

  @Test
  void nothingIsMadePerPacket() throws Exception {
    TestCamera camera =
        new TestCamera(router, StreamId.ofTerminal("1", 1, Quality.MAIN), 50, 40_000, 10_000);
    for (int i = 0; i < VIEWERS; i++) {
      join(camera, i);
    }
    worker.turn();
    film(camera);
    film(camera);
    long packets = worker.statistics().packets();
    long bytes = film(camera);
    packets = worker.statistics().packets() - packets;
    assertThat(packets).isGreaterThan(VIEWERS * FRAMES * 8L);
    assertThat(bytes / (double) packets)
        .as("a frame and a viewer's second cost objects, a packet does not")
        .isLessThan(2);
    router.close();
    worker.turn();
    worker.turn();
    assertThat(pool.blocksInUse()).isZero();
  }

  /** Returns what the worker's turns allocated; the camera's own work is not counted. */
  private long film(TestCamera camera) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (int i = 0; i < FRAMES; i++) {
      clock.pass(Duration.ofMillis(1));
      camera.picture(clock.nanos());
      long before = threads.getCurrentThreadAllocatedBytes();
      worker.turn();
      allocated += threads.getCurrentThreadAllocatedBytes() - before;
    }
    return allocated;
  }

  private void join(TestCamera camera, int number) {
    TrackPlan video = new TrackPlan(Codec.H264, 102, number, 103, -number, 5);
    ViewerPlan plan =
        new ViewerPlan(
            UUID.randomUUID(), camera.stream(), video, null, IceCredentials.random(), "test");
    Viewer viewer =
        new Viewer(plan, new WorkerHarness.RecordedEvents(new ArrayList<>()), directory);
    worker.put(
        () -> {
          worker.adopt(viewer);
          viewer.checked(new PeerAddress(0, number, 9), Viewer.CheckKind.NOMINATED, clock.nanos());
          viewer.keysReady(WorkerHarness.watcher(number).serverKeys());
        });
  }

  private record Context(SrtpProfile profile) implements SrtpSendContext {
    @Override
    public void close() {}
  }

  private static final class NoEncryption implements SrtpEngine {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public SlabKind preferredMemory() {
      return SlabKind.HEAP;
    }

    @Override
    public SrtpSendContext newSendContext(SrtpKeys keys) {
      return new Context(keys.profile());
    }

    @Override
    public int protect(
        SrtpSendContext context,
        RtpBlock block,
        int first,
        int count,
        MemorySegment slab,
        long slabOffset,
        int headerLength,
        int stride) {
      int last = first + count - 1;
      int tag = context.profile().tagBytes();
      return (count - 1) * stride + headerLength + block.payloadLength(last) + tag;
    }

    @Override
    public int protectOne(
        SrtpSendContext context,
        MemorySegment slab,
        long offset,
        int headerLength,
        int payloadLength) {
      return headerLength + payloadLength + context.profile().tagBytes();
    }
  }

  /** Takes everything. */
  private static final class SilentPort implements UdpPort {
    private record Path(PeerAddress address) implements PeerPath {}

    @Override
    public String name() {
      return "silent";
    }

    @Override
    public InetSocketAddress localAddress() {
      return new InetSocketAddress(10_000);
    }

    @Override
    public int maxRunBytes() {
      return 65_507;
    }

    @Override
    public PeerPath path(PeerAddress address) {
      return new Path(address);
    }

    @Override
    public void await(long nanos) {}

    @Override
    public void wake() {}

    @Override
    public void receive(ReceiveBatch batch) {}

    @Override
    public void send(SendBatch batch) {
      while (!batch.isEmpty()) {
        batch.sentRun();
      }
    }

    @Override
    public long errors() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
