package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.srtp.JdkSrtpEngine;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.webrtc.IceCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A worker without a thread, on a socket in memory and a clock that the test moves. */
final class WorkerHarness implements AutoCloseable {
  static final int VIDEO = 102;
  static final int RTX = 103;
  static final int AUDIO = 8;
  static final int VIDEO_SSRC = 0x1111;
  static final int RTX_SSRC = 0x2222;
  static final int AUDIO_SSRC = 0x3333;
  static final WorkerSettings SETTINGS =
      new WorkerSettings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          12_500,
          62_500,
          PlayoutDelay.LOWEST,
          Duration.ofSeconds(2),
          16 << 20,
          4096);

  final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  final FakeClock clock = new FakeClock();
  final FakePort port = new FakePort();
  final ViewerDirectory directory = new ViewerDirectory();
  final MediaWorker worker;
  final Map<PeerAddress, Watcher> watchers = new HashMap<>();
  final List<String> events = new ArrayList<>();
  private int nextPort = 40_000;

  WorkerHarness(WorkerSettings settings) {
    worker = new MediaWorker(0, port, new JdkSrtpEngine(), settings, clock, directory);
  }

  WorkerHarness() {
    this(SETTINGS);
  }

  TestCamera camera(int keyframeEvery, int keyframeBytes, int pictureBytes) {
    return camera(Quality.MAIN, keyframeEvery, keyframeBytes, pictureBytes);
  }

  TestCamera camera(Quality quality, int keyframeEvery, int keyframeBytes, int pictureBytes) {
    try {
      return new TestCamera(
          router,
          StreamId.ofTerminal("13912345678", 1, quality),
          keyframeEvery,
          keyframeBytes,
          pictureBytes);
    } catch (PublishRefusedException e) {
      throw new AssertionError(e);
    }
  }

  /** A viewer whose check and handshake are done; its media begins with the next turn. */
  Viewer join(Stream stream, Watcher watcher) {
    return join(viewer(stream, TrackPlan.NONE), watcher);
  }

  /** As {@link #join}; all its packets carry transport-wide numbers. */
  Viewer joinNumbered(Stream stream, Watcher watcher) {
    return join(viewer(stream, 3), watcher);
  }

  /** As {@link #joinNumbered}; its pictures say when they were taken. */
  Viewer joinTold(Stream stream, Watcher watcher) {
    TrackPlan video =
        new TrackPlan(
            Codec.H264, VIDEO, VIDEO_SSRC, RTX, RTX_SSRC, 5, 3, Watcher.CAPTURE_EXTENSION);
    return join(viewer(stream, video), watcher);
  }

  private Viewer join(Viewer viewer, Watcher watcher) {
    PeerAddress address = new PeerAddress(0, 0xffff_7f00_0001L, nextPort++);
    watchers.put(address, watcher);
    directory.add(viewer);
    worker.put(
        () -> {
          worker.adopt(viewer);
          viewer.checked(address, Viewer.CheckKind.NOMINATED, clock.nanos());
          viewer.keysReady(watcher.serverKeys());
        });
    return viewer;
  }

  Viewer viewer(Stream stream) {
    return viewer(stream, TrackPlan.NONE);
  }

  private Viewer viewer(Stream stream, int transportSequenceExtension) {
    TrackPlan video =
        new TrackPlan(Codec.H264, VIDEO, VIDEO_SSRC, RTX, RTX_SSRC, 5, transportSequenceExtension);
    return viewer(stream, video);
  }

  private Viewer viewer(Stream stream, TrackPlan video) {
    TrackPlan audio =
        new TrackPlan(Codec.PCMA, AUDIO, AUDIO_SSRC, TrackPlan.NONE, 0, TrackPlan.NONE);
    UUID id = UUID.randomUUID();
    return new Viewer(
        new ViewerPlan(id, stream, video, audio, IceCredentials.random(), "test"),
        new RecordedEvents(events),
        directory);
  }

  /** The viewer at that address proves again that it is there. */
  void check(PeerAddress address) {
    Viewer viewer = directory.byAddress(address);
    if (viewer != null) {
      viewer.checked(address, Viewer.CheckKind.VALID, clock.nanos());
    }
  }

  static Watcher watcher(long seed) {
    return new Watcher(SrtpProfile.AEAD_AES_128_GCM, seed);
  }

  /** Turns the worker and gives its datagrams to the watchers. */
  void turn() {
    worker.turn();
    for (FakePort.Datagram datagram : port.sent) {
      Watcher watcher = watchers.get(datagram.address());
      if (watcher != null) {
        watcher.receive(datagram.bytes());
      }
    }
    port.sent.clear();
  }

  /** Turns it every millisecond for a while. */
  void turnFor(Duration time) {
    for (long milli = 0; milli < time.toMillis(); milli++) {
      port.sleepsNext(clock, Duration.ofMillis(1));
      turn();
    }
  }

  void turns(int count) {
    for (int i = 0; i < count; i++) {
      turn();
    }
  }

  /** Something comes in from the watcher's end. */
  void say(Watcher watcher, byte[] datagram) {
    watchers.forEach(
        (address, known) -> {
          if (known == watcher) {
            port.incoming.add(new FakePort.Datagram(address, datagram));
          }
        });
    turn();
  }

  @Override
  public void close() {
    router.close();
    turns(3);
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  /** Notes what a viewer's listener would hear. */
  record RecordedEvents(List<String> events) implements ViewerEvents {
    @Override
    public void connected() {
      events.add("connected");
    }

    @Override
    public void streamInterrupted() {
      events.add("interrupted");
    }

    @Override
    public void streamResumed() {
      events.add("resumed");
    }

    @Override
    public void streamEnded(String reason) {
      events.add("ended");
    }

    @Override
    public void closed(ViewerEnd end) {
      events.add("closed " + end);
    }

    @Override
    public void qualityChanged(ViewerQuality quality) {
      events.add("quality " + quality);
    }

    @Override
    public void smallerWanted() {
      events.add("smaller wanted");
    }

    @Override
    public void smallerUnwanted() {
      events.add("smaller unwanted");
    }
  }
}
