package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker that can send 2000 packets a second, on a clock that only its sending and its sleep
 * move. Each viewer is to be sent 131 a second: sixteen are too many.
 */
@Timeout(120)
class OverloadTest {
  private static final int PACKETS_PER_SECOND = 2000;
  private static final int KEYFRAME_EVERY = 50;
  private static final long FRAME_NANOS = 40_000_000;

  private final WorkerHarness harness = new WorkerHarness();
  private final List<Viewer> viewers = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private TestCamera camera;
  private long nextPictureNanos;

  @BeforeEach
  void slowPort() {
    harness.port.takesTime(harness.clock, 1_000_000_000 / PACKETS_PER_SECOND);
    camera = harness.camera(KEYFRAME_EVERY, 12_000, 5_000);
    nextPictureNanos = harness.clock.nanos();
  }

  @AfterEach
  void everyBlockIsReturned() {
    harness.port.takesTime(harness.clock, 0);
    harness.close();
  }

  @Test
  void aWorkerWithRoomLeavesNothingOut() {
    join(12);
    run(Duration.ofSeconds(8));
    assertThat(harness.worker.statistics().framesShed()).isZero();
    assertThat(harness.worker.overloaded()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 24, 32, 48})
  void pastTheEdgeItDeliversAsMuchAsAtTheEdge(int count) {
    join(count);
    run(Duration.ofSeconds(4));
    long before = harness.port.packets;
    run(Duration.ofSeconds(8));
    long delivered = (harness.port.packets - before) / 8;
    run(Duration.ofSeconds(2)); // what was left out is counted once a second
    assertThat(delivered).as("packets a second").isBetween(1900L, 2010L);
    assertThat(harness.worker.statistics().framesShed()).isPositive();
    DelayHistogram.Snapshot delays = delay(FrameKind.PICTURE).lastPacket();
    assertThat(delays.percentileNanos(1)).as("nobody waits long").isLessThan(2_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32})
  void whoIsLeftOutGoesOnAtAKeyframeAndWhoCameFirstIsServed(int count) {
    join(count);
    run(Duration.ofSeconds(12));
    for (Watcher watcher : watchers) {
      assertThat(Watcher.breaks(watcher.ofType(WorkerHarness.VIDEO))).isZero();
      List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
      for (int i = 1; i < pictures.size(); i++) {
        boolean next = pictures.get(i) == pictures.get(i - 1) + 1;
        assertThat(next || pictures.get(i) % KEYFRAME_EVERY == 0)
            .as("%d after %d", pictures.get(i), pictures.get(i - 1))
            .isTrue();
      }
    }
    List<Integer> first = watchers.getFirst().pictures(WorkerHarness.VIDEO);
    List<Integer> last = watchers.getLast().pictures(WorkerHarness.VIDEO);
    assertThat(first.getLast() - first.getFirst() + 1).as("no gap").isEqualTo(first.size());
    assertThat(last.size()).isBetween(5, first.size() - 1);
  }

  @Test
  void joinsAreRefusedWhileItLastsAndSomeTimeAfterwards() {
    join(32);
    run(Duration.ofSeconds(4));
    assertThat(harness.worker.overloaded()).isTrue();
    while (viewers.size() > 8) {
      viewers.removeLast().close(ViewerEnd.LEFT);
    }
    run(Duration.ofSeconds(4));
    assertThat(harness.worker.overloaded()).isTrue();
    run(Duration.ofSeconds(4));
    assertThat(harness.worker.overloaded()).isFalse();
    long shed = harness.worker.statistics().framesShed();
    run(Duration.ofSeconds(4));
    assertThat(harness.worker.statistics().framesShed()).isEqualTo(shed);
  }

  @Test
  void aWorkerThatWasHeldUpCatchesUpAndLeavesNothingOut() {
    join(9);
    run(Duration.ofSeconds(3));
    harness.clock.pass(Duration.ofSeconds(2));
    run(Duration.ofSeconds(8));
    assertThat(harness.worker.statistics().framesShed()).isZero();
    List<Integer> first = watchers.getFirst().pictures(WorkerHarness.VIDEO);
    assertThat(first.getLast() - first.getFirst() + 1).isEqualTo(first.size());
  }

  @Test
  void aWorkerThatNeverSleepsRefusesJoinsThoughNobodyWaits() {
    Overload overload = new Overload(0);
    overload.measured(0.97, 1);
    overload.measured(0.97, 2);
    assertThat(overload.refuses(3)).isFalse();
    overload.measured(0.5, 3);
    overload.measured(0.97, 4);
    overload.measured(0.97, 5);
    overload.measured(0.97, 6);
    assertThat(overload.refuses(7)).isTrue();
    assertThat(overload.refuses(6_000_000_000L)).isFalse();
  }

  private void join(int count) {
    camera.picture(harness.clock.nanos());
    nextPictureNanos += FRAME_NANOS;
    for (int i = 0; i < count; i++) {
      Watcher watcher = WorkerHarness.watcher(i);
      watchers.add(watcher);
      viewers.add(harness.join(camera.stream(), watcher));
      harness.turn();
    }
  }

  /** The camera films in time, however late the worker is. */
  private void run(Duration time) {
    long end = harness.clock.nanos() + time.toNanos();
    while (harness.clock.nanos() < end) {
      while (nextPictureNanos <= harness.clock.nanos()) {
        camera.picture(nextPictureNanos);
        nextPictureNanos += FRAME_NANOS;
      }
      harness.turn();
    }
  }

  private FrameDelay delay(FrameKind kind) {
    return Objects.requireNonNull(harness.worker.statistics().delays().get(kind));
  }
}
