package io.roadcast.bench.fanout;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * One media worker with cameras that film in real time, however far behind the worker is: 25
 * pictures a second of ten packets each, and a keyframe of 42 every four seconds. All viewers have
 * addresses of the loopback network, at one port, where nobody reads.
 */
final class OverloadRig implements AutoCloseable {
  private static final WorkerSettings SETTINGS =
      new WorkerSettings(
          Duration.ofDays(1),
          Duration.ofDays(1),
          12_500,
          62_500,
          PlayoutDelay.LOWEST,
          Duration.ofSeconds(2),
          16 << 20,
          4096);
  private static final int STREAMS = 20;
  private static final int KEYFRAME_EVERY = 100;
  private static final int PICTURE_PACKETS = 10;
  private static final int KEYFRAME_PACKETS = 42;
  private static final long FRAME_NANOS = 40_000_000;
  private static final int MAX_IDLE_BYTES = 256 << 20;
  private static final int LOOPBACK_NETWORK = 127 << 24 | 1 << 16;
  private static final ByteBuffer SPS =
      ByteBuffer.wrap(HexFormat.of().parseHex("6742c01eda0280bfe540"));
  private static final ByteBuffer PPS = ByteBuffer.wrap(HexFormat.of().parseHex("68ce3c80"));

  private final FedPort port;
  private final RtpBlockPool pool;
  private final Router router;
  private final MediaWorker worker;
  private final ViewerDirectory directory = new ViewerDirectory();
  private final List<Publication> cameras = new ArrayList<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private final int sinkPort;
  private final ByteBuffer keyframe = slice(KEYFRAME_PACKETS, (byte) 0x65, (byte) 0x88);
  private final ByteBuffer picture = slice(PICTURE_PACKETS, (byte) 0x41, (byte) 0x9a);
  private final Thread film = Thread.ofPlatform().name("cameras").daemon().unstarted(this::film);
  private volatile boolean closed;

  OverloadRig(UdpPort real, SrtpEngine engine, int sinkPort) {
    this.sinkPort = sinkPort;
    port = new FedPort(real);
    boolean heap = engine.preferredMemory() == SlabKind.HEAP;
    pool =
        new RtpBlockPool(
            heap ? RtpBlockPool.Backing.HEAP : RtpBlockPool.Backing.NATIVE, MAX_IDLE_BYTES);
    router = new Router(new RouterConfig(STREAMS, Duration.ZERO, 8 << 20, 700), pool);
    worker = new MediaWorker(0, port, engine, SETTINGS, WorkerClock.SYSTEM, directory);
    try {
      for (int i = 0; i < STREAMS; i++) {
        StreamId id = StreamId.ofTerminal(Integer.toString(i + 1), 1, Quality.MAIN);
        cameras.add(router.publish(id, new FrameSource()));
      }
    } catch (PublishRefusedException e) {
      throw new IllegalStateException("a new router", e);
    }
    worker.start();
    film.setPriority(Thread.MAX_PRIORITY);
    film.start();
  }

  /** Adds viewers until there are so many. */
  void grow(int count) throws InterruptedException, UnknownHostException {
    while (viewers.size() < count) {
      int number = viewers.size();
      Viewer viewer = viewer(number);
      directory.add(viewer);
      viewers.add(viewer);
      byte[] address = ByteBuffer.allocate(4).putInt(LOOPBACK_NETWORK + number + 1).array();
      port.arrive(
          PeerAddress.of(new InetSocketAddress(InetAddress.getByAddress(address), sinkPort)),
          StunCheck.nominating(viewer.plan().ice(), number));
      while (worker.statistics().viewers() < viewers.size()) {
        Thread.sleep(1);
      }
      viewer.keysReady(keys(number));
      while (viewer.state() != ViewerState.CONNECTED) {
        Thread.sleep(1);
      }
    }
  }

  WorkerStatistics statistics() {
    return worker.statistics();
  }

  /** Whether the worker would have further viewers refused. */
  boolean refuses() {
    return worker.overloaded();
  }

  private Viewer viewer(int number) {
    TrackPlan video = new TrackPlan(Codec.H264, 102, 0x10000 + number, 103, 0x90000 + number, 5);
    ViewerPlan plan =
        new ViewerPlan(
            UUID.randomUUID(),
            cameras.get(number % STREAMS).stream(),
            video,
            null,
            IceCredentials.random(),
            "bench");
    return new Viewer(plan, new NoEvents(), directory);
  }

  private static SrtpKeys keys(int number) {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    byte[] exported = new byte[profile.exportBytes()];
    new Random(number).nextBytes(exported);
    return SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.SERVER);
  }

  /** Keyframes of the streams are spread over the four seconds, pictures over the 40 ms. */
  private void film() {
    long begun = System.nanoTime();
    for (long i = 0; !closed; i++) {
      long due = begun + i * (FRAME_NANOS / STREAMS);
      while (!closed && System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int camera = (int) (i % STREAMS);
      long number = i / STREAMS;
      boolean key = number == 0 || (number + camera * 5L) % KEYFRAME_EVERY == 0;
      List<ByteBuffer> units = key ? List.of(SPS, PPS, keyframe) : List.of(picture);
      try {
        cameras
            .get(camera)
            .video(
                new VideoFrame(
                    Codec.H264, units, key, number * FRAME_NANOS / 1000, System.nanoTime()));
      } catch (MalformedMediaException e) {
        throw new IllegalStateException("our own picture", e);
      }
    }
  }

  private static ByteBuffer slice(int packets, byte type, byte firstByte) {
    byte[] slice = new byte[packets * (RtpBlockWriter.MAX_PAYLOAD_BYTES - 2)];
    slice[0] = type;
    slice[1] = firstByte;
    return ByteBuffer.wrap(slice);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    film.join();
    router.close();
    worker.stop();
    pool.close();
  }
}
