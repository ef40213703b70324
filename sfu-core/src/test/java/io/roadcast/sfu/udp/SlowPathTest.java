package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import io.roadcast.sfu.congestion.SimulatedPath;
import io.roadcast.sfu.router.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker and a viewer with a narrow path between them, which reports what comes and when. */
@Timeout(60)
class SlowPathTest {
  private static final int KEYFRAME_EVERY = 50;

  private record OnTheWay(long arrivalMicros, byte[] bytes) {}

  private final WorkerHarness harness = new WorkerHarness();
  private final Watcher watcher = WorkerHarness.watcher(1);
  private final PriorityQueue<OnTheWay> way =
      new PriorityQueue<>(Comparator.comparingLong(OnTheWay::arrivalMicros));
  private final Map<Integer, Long> filmedMicros = new HashMap<>();
  private final List<Integer> shown = new ArrayList<>();
  private final List<Long> delays = new ArrayList<>();
  private long milli;
  private int seen;
  private @Nullable TestCamera smaller;

  @AfterEach
  void everyBlockIsReturned() {
    harness.close();
  }

  @Test
  void allPacketsOfAViewerAreNumberedInOneRow() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 30_000, 3_000);
    film(camera);
    harness.joinNumbered(camera.stream(), watcher);
    run(camera, new SimulatedPath(100_000_000, 2, 0, 1), 1);
    List<Integer> numbers =
        watcher.packets.stream().map(Watcher.Packet::transportSequence).toList();
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(i);
    }
    assertThat(watcher.ofType(WorkerHarness.VIDEO)).allMatch(packet -> packet.delay() == 0);
  }

  /** 1.2 Mbit/s of pictures over 800 kbit/s. */
  @Test
  void whatDoesNotFitIsLeftOutFromTheEndOfEachGroupAndNothingIsLate() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 5_500);
    film(camera);
    harness.joinNumbered(camera.stream(), watcher);
    SimulatedPath path = new SimulatedPath(800_000, 60, 0, 2);
    run(camera, path, 20);
    shown.clear();
    delays.clear();
    run(camera, path, 30);
    assertThat(shown).as("pictures of 750").hasSizeBetween(200, 600);
    assertNothingRefersToAMissingPicture();
    assertThat(delays.stream().mapToLong(delay -> delay).max().orElse(0))
        .as("microseconds from the camera to the viewer")
        .isLessThan(1_000_000);
  }

  /** 1.75 Mbit/s on the wire over 2 Mbit/s: it fits, though each keyframe takes a while. */
  @Test
  void aStreamThatJustFitsIsShownNearlyWhole() {
    TestCamera camera = harness.camera(100, 50_000, 8_000);
    film(camera);
    harness.joinNumbered(camera.stream(), watcher);
    SimulatedPath path = new SimulatedPath(2_000_000, 50, 0, 7);
    path.queue(3_000);
    run(camera, path, 15);
    shown.clear();
    delays.clear();
    run(camera, path, 60);
    assertThat(shown.size()).as("pictures of 1500").isGreaterThan(1450);
    assertThat(delays.stream().mapToLong(delay -> delay).max().orElse(0))
        .as("microseconds from the camera to the viewer")
        .isLessThan(1_000_000);
  }

  @Test
  void aPathThatBecomesWideAgainGetsEveryPicture() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 5_500);
    film(camera);
    harness.joinNumbered(camera.stream(), watcher);
    SimulatedPath path = new SimulatedPath(600_000, 60, 0, 3);
    run(camera, path, 20);
    path.carries(10_000_000);
    run(camera, path, 15);
    shown.clear();
    delays.clear();
    run(camera, path, 10);
    assertThat(shown).hasSizeBetween(248, 252);
    assertThat(delays.stream().mapToLong(delay -> delay).max().orElse(0)).isLessThan(200_000);
  }

  /** Reports are lost on the way to nobody: 5 % of the packets are, and are sent again. */
  @Test
  void lossOnAWidePathCostsNoPicture() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 30_000, 5_500);
    film(camera);
    harness.joinNumbered(camera.stream(), watcher);
    run(camera, new SimulatedPath(50_000_000, 100, 0.05, 4), 20);
    harness.turnFor(Duration.ofMillis(1100));
    assertThat(harness.worker.statistics().framesThinned()).isZero();
  }

  /** 1.2 Mbit/s over 800 kbit/s, where 400 kbit/s can be had. */
  @Test
  void theSubStreamIsShownWhereItFitsAndTheMainStreamWhenThereIsRoomAgain() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 5_500);
    film(camera);
    Viewer viewer = harness.joinNumbered(camera.stream(), watcher);
    SimulatedPath path = new SimulatedPath(800_000, 60, 0, 5);
    path.queue(5_000);
    run(camera, path, 12);
    assertThat(harness.events).contains("smaller wanted", "quality THINNED");
    smaller = harness.camera(Quality.SUB, KEYFRAME_EVERY, 10_000, 1_500);
    viewer.offerSmaller(smaller.stream());
    run(camera, path, 10);
    assertThat(harness.events.getLast()).isEqualTo("quality SUB");
    assertThat(viewer.statistics().quality()).isEqualTo(ViewerQuality.SUB);
    shown.clear();
    delays.clear();
    run(camera, path, 10);
    assertThat(shown).as("every picture of the sub-stream").hasSizeBetween(245, 252);
    assertThat(delays.stream().mapToLong(delay -> delay).max().orElse(0)).isLessThan(500_000);
    path.carries(10_000_000);
    run(camera, path, 40);
    assertThat(harness.events).endsWith("quality FULL", "smaller unwanted");
    assertThat(viewer.statistics().quality()).isEqualTo(ViewerQuality.FULL);
    List<Watcher.Packet> packets = watcher.ofType(WorkerHarness.VIDEO);
    assertThat(Watcher.breaks(packets)).as("gaps of numbers").isZero();
    for (int i = 1; i < packets.size(); i++) {
      int step = packets.get(i).timestamp() - packets.get(i - 1).timestamp();
      assertThat(step).as("time goes on").isBetween(0, 90_000 * 3);
    }
    assertThat(packets.getLast().timestamp() - packets.getFirst().timestamp())
        .as("as long as it took")
        .isBetween(71 * 90_000, 74 * 90_000);
  }

  @Test
  void aSubStreamThatEndsLeavesTheMainStream() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 5_500);
    film(camera);
    Viewer viewer = harness.joinNumbered(camera.stream(), watcher);
    SimulatedPath path = new SimulatedPath(800_000, 60, 0, 6);
    path.queue(5_000);
    run(camera, path, 12);
    TestCamera other = harness.camera(Quality.SUB, KEYFRAME_EVERY, 10_000, 1_500);
    smaller = other;
    viewer.offerSmaller(other.stream());
    run(camera, path, 10);
    smaller = null;
    other.publication().close("connection lost");
    run(camera, path, 5);
    assertThat(viewer.state()).isEqualTo(ViewerState.CONNECTED);
    assertThat(viewer.statistics().quality()).isEqualTo(ViewerQuality.THINNED);
    assertThat(harness.events).contains("smaller unwanted");
    assertThat(Watcher.breaks(watcher.ofType(WorkerHarness.VIDEO))).isZero();
  }

  /** Frames of a group come one after the other from its keyframe on. */
  private void assertNothingRefersToAMissingPicture() {
    for (int i = 1; i < shown.size(); i++) {
      boolean follows = shown.get(i) == shown.get(i - 1) + 1;
      assertThat(follows || shown.get(i) % KEYFRAME_EVERY == 0)
          .as("picture %s after %s", shown.get(i), shown.get(i - 1))
          .isTrue();
    }
  }

  private void run(TestCamera camera, SimulatedPath path, int seconds) {
    for (long end = milli + seconds * 1000L; milli < end; milli++) {
      harness.clock.pass(Duration.ofMillis(1));
      long nowMicros = harness.clock.nanos() / 1000;
      if (milli % 40 == 0) {
        film(camera);
        if (smaller != null) {
          film(smaller);
        }
      }
      harness.worker.turn();
      for (FakePort.Datagram datagram : harness.port.sent) {
        enter(path, datagram.bytes(), nowMicros);
      }
      harness.port.sent.clear();
      arrive(nowMicros);
      if (milli % 100 == 0) {
        TransportFeedback feedback = path.report(nowMicros - path.oneWayMicros());
        if (feedback != null) {
          say(feedback);
        }
        keepConsent();
      }
    }
  }

  private void enter(SimulatedPath path, byte[] bytes, long nowMicros) {
    int type = bytes[1] & 0x7f;
    if (type >= 64 && type <= 95) {
      way.add(new OnTheWay(nowMicros + path.oneWayMicros(), bytes));
      return;
    }
    int number = (bytes[21] & 0xff) << 8 | bytes[22] & 0xff;
    long arrival = path.send(number, bytes.length + 28, nowMicros);
    if (arrival != SimulatedPath.LOST) {
      way.add(new OnTheWay(arrival, bytes));
    }
  }

  private void arrive(long nowMicros) {
    boolean complete = false;
    while (!way.isEmpty() && way.peek().arrivalMicros() <= nowMicros) {
      byte[] bytes = way.remove().bytes();
      watcher.receive(bytes);
      complete |= (bytes[1] & 0xff) == (WorkerHarness.VIDEO | 0x80);
    }
    if (!complete) {
      return;
    }
    List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
    for (; seen < pictures.size(); seen++) {
      shown.add(pictures.get(seen));
      delays.add(nowMicros - filmedMicros.getOrDefault(pictures.get(seen), nowMicros));
    }
  }

  private void film(TestCamera camera) {
    filmedMicros.put(camera.next(), harness.clock.nanos() / 1000);
    camera.picture(harness.clock.nanos());
  }

  private void say(TransportFeedback feedback) {
    harness.watchers.forEach(
        (address, known) ->
            harness.port.incoming.add(new FakePort.Datagram(address, known.report(feedback))));
  }

  private void keepConsent() {
    harness.watchers.forEach((address, known) -> harness.check(address));
  }
}
