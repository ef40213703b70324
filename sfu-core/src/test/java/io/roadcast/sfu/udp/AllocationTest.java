package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.management.ThreadMXBean;
import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.srtp.NativeEngineException;
import io.roadcast.sfu.srtp.NativeSrtpEngine;
import io.roadcast.sfu.srtp.SlabKind;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpEngines;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.srtp.SrtpSendContext;
import io.roadcast.sfu.webrtc.IceCredentials;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the worker makes for the collector while it forwards. */
@Timeout(120)
class AllocationTest {
  private static final int VIEWERS = 50;
  private static final int FRAMES = 200;
  private static final int PACKETS_PER_FRAME = 9;
  private static final int MAX_FILMS = 40;

  /** A frame's few objects, whatever the number of viewers and packets. */
  private static final int BYTES_PER_FRAME = 256;

  private final FakeClock clock = new FakeClock();
  private final ViewerDirectory directory = new ViewerDirectory();

  @Test
  void theWorkerMakesNothingPerPacket() throws Exception {
    try (RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 24)) {
      assertNothingIsMade(new SilentPort(), new NoEncryption(), SrtpProfile.AEAD_AES_128_GCM, pool);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "IPSEC_MB, AEAD_AES_128_GCM",
    "AWS_LC, AEAD_AES_128_GCM",
    "AWS_LC, AES128_CM_HMAC_SHA1_80"
  })
  void noPacketMakesAnythingWithANativeEngine(
      SrtpEngines.Preference preference, SrtpProfile profile) throws Exception {
    NativeSrtpEngine engine = nativeEngine(preference);
    try (RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.NATIVE, 1 << 24)) {
      assertNothingIsMade(new SilentPort(), engine, profile, pool);
      assertThat(engine.openContexts()).as("keys that outlived their viewers").isZero();
    }
  }

  /** All viewers are at the port's own address: what is sent comes in again. */
  @Test
  void noPacketMakesAnythingWithLinuxsOwnPort() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    NativeSrtpEngine engine = nativeEngine(SrtpEngines.Preference.NATIVE);
    try (RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.NATIVE, 1 << 24);
        UdpPort port = PortKind.NATIVE.bind(any, PortSharing.ALONE)) {
      assertNothingIsMade(port, engine, SrtpProfile.AEAD_AES_128_GCM, pool);
      assertThat(port.errors()).isZero();
    }
  }

  /**
   * The compiler removes the last objects when it comes to it, hence the repetitions; time stands
   * still, so that no report is due.
   */
  private void assertNothingIsMade(
      UdpPort port, SrtpEngine engine, SrtpProfile profile, RtpBlockPool pool) throws Exception {
    Router router = new Router(new RouterConfig(1, Duration.ofSeconds(5), 16 << 20, 2000), pool);
    MediaWorker worker = new MediaWorker(0, port, engine, WorkerHarness.SETTINGS, clock, directory);
    TestCamera camera =
        new TestCamera(router, StreamId.ofTerminal("1", 1, Quality.MAIN), 50, 10_000, 10_000);
    for (int i = 0; i < VIEWERS; i++) {
      join(worker, port, camera, profile, i);
    }
    worker.turn();
    long bytes = Long.MAX_VALUE;
    for (int i = 0; i < MAX_FILMS && bytes > FRAMES * BYTES_PER_FRAME; i++) {
      long packets = worker.statistics().packets();
      bytes = film(worker, camera);
      packets = worker.statistics().packets() - packets;
      assertThat(packets).isGreaterThan(VIEWERS * FRAMES * PACKETS_PER_FRAME - 1L);
    }
    assertThat(bytes / FRAMES).as("bytes a frame").isLessThanOrEqualTo(BYTES_PER_FRAME);
    assertThat(bytes / (FRAMES * VIEWERS * PACKETS_PER_FRAME)).as("bytes a packet").isZero();
    router.close();
    worker.turn();
    worker.turn();
    assertThat(pool.blocksInUse()).isZero();
  }

  /** Returns what the worker's turns allocated; the camera's own work is not counted. */
  private static long film(MediaWorker worker, TestCamera camera) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (int i = 0; i < FRAMES; i++) {
      camera.picture(0);
      long before = threads.getCurrentThreadAllocatedBytes();
      worker.turn();
      allocated += threads.getCurrentThreadAllocatedBytes() - before;
    }
    return allocated;
  }

  private void join(
      MediaWorker worker, UdpPort port, TestCamera camera, SrtpProfile profile, int number) {
    PeerAddress address =
        port instanceof SilentPort
            ? new PeerAddress(0, number, 9)
            : PeerAddress.of(port.localAddress());
    TrackPlan video = new TrackPlan(Codec.H264, 102, number, 103, -number, 5, 3);
    ViewerPlan plan =
        new ViewerPlan(
            UUID.randomUUID(), camera.stream(), video, null, IceCredentials.random(), "test");
    Viewer viewer =
        new Viewer(plan, new WorkerHarness.RecordedEvents(new ArrayList<>()), directory);
    worker.put(
        () -> {
          worker.adopt(viewer);
          viewer.checked(address, Viewer.CheckKind.NOMINATED, clock.nanos());
          viewer.keysReady(new Watcher(profile, number).serverKeys());
        });
  }

  private static NativeSrtpEngine nativeEngine(SrtpEngines.Preference preference) {
    try {
      return (NativeSrtpEngine) SrtpEngines.choose(preference).engine();
    } catch (NativeEngineException e) {
      return abort("no native engine on this machine: " + e.getMessage());
    }
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
  private static final class SilentPort extends TestPort {
    @Override
    public void send(SendBatch batch) {
      while (!batch.isEmpty()) {
        batch.sentRun();
      }
    }
  }
}
