package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.srtp.JdkSrtpEngine;
import io.roadcast.sfu.webrtc.IceCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Viewers come and go on two workers while two cameras film. */
@Tag("slow")
@Timeout(180)
class JoinAndLeaveStressTest {
  private static final int VIEWERS = 10_000;
  private static final int AT_A_TIME = 64;
  private static final int PICTURES_EACH = 12;
  private static final int KEYFRAME_EVERY = 10;
  private static final int MAX_BLOCKS = 1000;
  private static final long FRAME_NANOS = 500_000;

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  private final ViewerDirectory directory = new ViewerDirectory();
  private final Map<PeerAddress, Guest> guests = new ConcurrentHashMap<>();
  private final AtomicBoolean filming = new AtomicBoolean(true);

  /** A viewer's far end: keeps what it is sent until it has seen enough. */
  private static final class Guest {
    private final Watcher watcher;
    private final Queue<byte[]> datagrams =
        new ConcurrentLinkedQueue<>(); // a late BYE may still come
    private final CountDownLatch satisfied = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private int pictures;

    Guest(long seed) {
      watcher = WorkerHarness.watcher(seed);
    }

    void receive(byte[] datagram) {
      datagrams.add(datagram);
      boolean marked = (datagram[1] & 0xff) == (0x80 | WorkerHarness.VIDEO);
      if (marked && ++pictures == PICTURES_EACH) {
        satisfied.countDown();
      }
    }
  }

  @Test
  void tenThousandViewersGetEveryPictureOnceAndEveryBlockIsReturned() throws Exception {
    List<MediaWorker> workers = List.of(worker(0), worker(1));
    workers.forEach(MediaWorker::start);
    List<TestCamera> cameras = List.of(camera("1"), camera("2"));
    Thread film = Thread.ofPlatform().start(() -> film(cameras));
    List<Future<String>> verdicts = new ArrayList<>();
    Semaphore places = new Semaphore(AT_A_TIME);
    try (ExecutorService guestThreads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < VIEWERS; i++) {
        int number = i;
        places.acquire();
        verdicts.add(
            guestThreads.submit(
                () -> {
                  try {
                    return visit(
                        number, workers.get(number % 2), cameras.get(number / 2 % 2).stream());
                  } finally {
                    places.release();
                  }
                }));
      }
    }
    filming.set(false);
    film.join();
    for (Future<String> verdict : verdicts) {
      assertThat(verdict.get()).isEqualTo("good");
    }
    for (MediaWorker worker : workers) {
      assertThat(worker.statistics().viewers()).isZero();
      assertThat(worker.statistics().streams()).isZero();
      assertThat(worker.statistics().framesDroppedByQueue()).isZero();
      worker.stop();
    }
    router.close();
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
  }

  private String visit(int number, MediaWorker worker, Stream stream) throws InterruptedException {
    Guest guest = new Guest(number);
    PeerAddress address = new PeerAddress(number, 1, 5000);
    guests.put(address, guest);
    Viewer viewer = viewer(stream, guest);
    directory.add(viewer);
    worker.put(
        () -> {
          worker.adopt(viewer);
          viewer.checked(address, Viewer.CheckKind.NOMINATED, System.nanoTime());
        });
    viewerKeys(worker, viewer, guest);
    guest.satisfied.await();
    viewer.close(ViewerEnd.LEFT);
    guest.closed.await();
    guests.remove(address);
    return judge(guest);
  }

  /** Keys come from another thread than the worker's, as they do from a handshake. */
  private static void viewerKeys(MediaWorker worker, Viewer viewer, Guest guest)
      throws InterruptedException {
    CountDownLatch adopted = new CountDownLatch(1);
    worker.put(adopted::countDown);
    adopted.await();
    viewer.keysReady(guest.watcher.serverKeys());
  }

  /** Sequence numbers without a break; pictures too, but for a jump to a keyframe. */
  private static String judge(Guest guest) {
    Watcher watcher = guest.watcher;
    guest.datagrams.forEach(watcher::receive);
    List<Watcher.Packet> packets = watcher.ofType(WorkerHarness.VIDEO);
    List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
    if (watcher.undecryptable > 0 || Watcher.breaks(packets) > 0) {
      return "packets missing, doubled or not decryptable";
    }
    if (pictures.getFirst() % KEYFRAME_EVERY != 0) {
      return "begins with picture " + pictures.getFirst();
    }
    for (int i = 1; i < pictures.size(); i++) {
      int last = pictures.get(i - 1);
      int next = pictures.get(i);
      boolean jumpToKeyframe = next > last && next % KEYFRAME_EVERY == 0;
      if (next != last + 1 && !jumpToKeyframe) {
        return "picture " + next + " after " + last;
      }
    }
    return "good";
  }

  private Viewer viewer(Stream stream, Guest guest) {
    TrackPlan video =
        new TrackPlan(
            Codec.H264,
            WorkerHarness.VIDEO,
            WorkerHarness.VIDEO_SSRC,
            WorkerHarness.RTX,
            WorkerHarness.RTX_SSRC,
            5);
    ViewerPlan plan =
        new ViewerPlan(UUID.randomUUID(), stream, video, null, IceCredentials.random(), "test");
    return new Viewer(
        plan,
        new ViewerEvents() {
          @Override
          public void connected() {}

          @Override
          public void streamInterrupted() {}

          @Override
          public void streamResumed() {}

          @Override
          public void streamEnded(String reason) {}

          @Override
          public void closed(ViewerEnd end) {
            guest.closed.countDown();
          }
        },
        directory);
  }

  private MediaWorker worker(int number) {
    MemoryPort port =
        new MemoryPort(
            (address, packet) -> {
              Guest guest = guests.get(address);
              if (guest != null) {
                guest.receive(packet);
              }
            });
    return new MediaWorker(
        number, port, new JdkSrtpEngine(), WorkerHarness.SETTINGS, WorkerClock.SYSTEM, directory);
  }

  private TestCamera camera(String terminal) throws Exception {
    StreamId id = StreamId.ofTerminal(terminal, 1, Quality.MAIN);
    return new TestCamera(router, id, KEYFRAME_EVERY, 2_500, 600);
  }

  private void film(List<TestCamera> cameras) {
    long due = System.nanoTime();
    while (filming.get()) {
      if (pool.blocksInUse() < MAX_BLOCKS) { // a busy machine is no part of this test
        cameras.forEach(camera -> camera.picture(System.nanoTime()));
      }
      due += FRAME_NANOS;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }
}
