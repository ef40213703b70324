package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.live.DataBudget.Verdict;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamUnavailableException;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels with real threads, a real router and a terminal that takes its time. */
@Timeout(60)
class LiveStreamsTest {
  private static final StreamId FRONT = StreamId.ofTerminal("139", 1, Quality.MAIN);

  private static final LiveTiming QUICK =
      new LiveTiming(
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofMillis(50),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMillis(2),
          Duration.ofMillis(5),
          Duration.ofMillis(20));

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(100, Duration.ofMillis(50), 1 << 20, 100), pool);
  private final LiveTimers clock = new LiveTimers();
  private final LiveTimers timers = new LiveTimers();
  private final FakeTerminal terminal = new FakeTerminal(router, clock, 20);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Verdict verdict = Verdict.WITHIN;
  private final LiveStreams streams =
      new LiveStreams(
          router,
          terminal,
          known -> known.equals("139"),
          spender -> verdict,
          QUICK,
          timers,
          threads);

  @AfterEach
  void stop() {
    streams.close();
    threads.close();
    timers.close();
    clock.close();
    router.close();
    pool.close();
  }

  @Test
  void aViewerGetsAStreamThatNobodySentBefore() throws Exception {
    List<ChannelPhase> phases = new CopyOnWriteArrayList<>();
    streams.addListener((channel, status) -> phases.add(status.phase()));
    StreamLease lease = streams.demand(FRONT, LeaseHolder.VIEWER);
    Stream stream = live(lease);
    assertThat(stream.video()).isNotNull();
    assertThat(streams.status(FRONT))
        .isEqualTo(new ChannelStatus(ChannelPhase.LIVE, 1, false, null));
    assertThat(streams.channelsOf("139")).containsExactly(1);
    lease.close();
    awaitRest();
    assertThat(terminal.asked).hasValue(1);
    assertThat(terminal.told).hasValue(1);
    assertThat(phases)
        .containsExactly(
            ChannelPhase.REQUESTED,
            ChannelPhase.LIVE,
            ChannelPhase.GRACE,
            ChannelPhase.STOPPING,
            ChannelPhase.IDLE);
  }

  @Test
  void whatWasNotAskedForIsThereWithoutARequest() throws Exception {
    List<ChannelPhase> phases = new CopyOnWriteArrayList<>();
    streams.addListener((channel, status) -> phases.add(status.phase()));
    terminal.begin(FRONT);
    await().untilAsserted(() -> assertThat(phases).containsExactly(ChannelPhase.LIVE));
    assertThat(streams.status(FRONT).viewers()).isZero();
    assertThat(streams.inPhase(ChannelPhase.LIVE)).containsExactly(FRONT);
    assertThat(streams.channelCount()).isZero();
    try (StreamLease lease = streams.demand(FRONT, LeaseHolder.VIEWER)) {
      assertThat(live(lease)).isNotNull();
      assertThat(terminal.asked).hasValue(0);
      terminal.breakOff(FRONT);
      await().until(() -> terminal.asked.get() == 1);
    }
    awaitRest();
    assertThat(terminal.told).hasValue(1);
    await().until(() -> streams.channelsOf("139").isEmpty());
  }

  @Test
  void whatComesUnaskedIsLiveUntilItEnds() {
    List<ChannelPhase> phases = new CopyOnWriteArrayList<>();
    streams.addListener((channel, status) -> phases.add(status.phase()));
    terminal.begin(FRONT);
    await().until(() -> phases.size() == 1);
    terminal.breakOff(FRONT);
    await()
        .untilAsserted(
            () -> assertThat(phases).containsExactly(ChannelPhase.LIVE, ChannelPhase.IDLE));
    await().until(() -> streams.channelsOf("139").isEmpty());
    assertThat(terminal.asked).hasValue(0);
  }

  @Test
  void whatFailedIsToldUntilItComes() throws Exception {
    List<ChannelStatus> told = new CopyOnWriteArrayList<>();
    streams.addListener((channel, status) -> told.add(status));
    terminal.sends = false;
    assertRefused(FRONT, Code.NO_MEDIA);
    awaitRest();
    assertThat(failure(streams.status(FRONT))).isEqualTo(Code.NO_MEDIA);
    assertThat(told).anyMatch(status -> failure(status) == Code.NO_MEDIA);
    terminal.sends = true;
    live(streams.demand(FRONT, LeaseHolder.VIEWER));
    await().until(() -> streams.status(FRONT).failure() == null);
  }

  private static @Nullable Code failure(ChannelStatus status) {
    return status.failure() == null ? null : status.failure().code();
  }

  @Test
  void aSpentBudgetEndsWhatIsLiveExceptForAlarms() throws Exception {
    live(streams.demand(FRONT, LeaseHolder.VIEWER));
    verdict = Verdict.TERMINAL_SPENT;
    StreamLease clip = streams.demand(FRONT, LeaseHolder.CLIP);
    live(clip);
    streams.enforceBudgets();
    assertRefused(StreamId.ofTerminal("139", 2, Quality.MAIN), Code.DATA_BUDGET_EXCEEDED);
    assertThat(streams.status(FRONT).phase()).isEqualTo(ChannelPhase.LIVE);
    clip.close();
    await()
        .until(
            () -> {
              streams.enforceBudgets();
              return streams.channelCount() == 0;
            });
    assertThat(failure(streams.status(FRONT))).isEqualTo(Code.DATA_BUDGET_EXCEEDED);
    live(streams.demand(FRONT, LeaseHolder.CLIP));
  }

  @Test
  void whenAllLookAwayTheTerminalPauses() throws Exception {
    StreamLease one = streams.demand(FRONT, LeaseHolder.VIEWER);
    StreamLease two = streams.demand(FRONT, LeaseHolder.VIEWER);
    live(one);
    live(two);
    one.pause();
    two.pause();
    await().until(() -> streams.status(FRONT).paused());
    one.resume();
    await().until(() -> !streams.status(FRONT).paused());
    one.close();
    await().until(() -> streams.status(FRONT).paused());
    live(streams.demand(FRONT, LeaseHolder.VIEWER));
    assertThat(streams.status(FRONT).paused()).isFalse();
    // The state changes before the command is on its way.
    await()
        .untilAsserted(
            () ->
                assertThat(terminal.heard)
                    .containsExactly("pause 139-1", "resume 139-1", "pause 139-1", "resume 139-1"));
    assertThat(terminal.asked).hasValue(1);
  }

  @Test
  void bothQualitiesOfAChannelAreNeverPaused() throws Exception {
    StreamLease main = streams.demand(FRONT, LeaseHolder.VIEWER);
    StreamLease sub = streams.demand(FRONT.in(Quality.SUB), LeaseHolder.VIEWER);
    live(main);
    live(sub);
    main.pause();
    assertThat(control(streams.pause(FRONT))).isEqualTo(ControlResult.OTHER_QUALITY_BUSY);
    assertThat(terminal.heard).isEmpty();
  }

  @Test
  void theRefusalOfOneQualityIsNotAnsweredWithAClose() throws Exception {
    live(streams.demand(FRONT.in(Quality.SUB), LeaseHolder.VIEWER));
    terminal.outcome = CommandOutcome.REFUSED;
    terminal.sends = false;
    assertRefused(FRONT, Code.TERMINAL_REFUSED);
    await().until(() -> streams.status(FRONT).phase() == ChannelPhase.IDLE);
    assertThat(terminal.told).hasValue(0);
    assertThat(streams.status(FRONT.in(Quality.SUB)).phase()).isEqualTo(ChannelPhase.LIVE);
  }

  @Test
  void aChannelIsPausedResumedAndSwitchedByHand() throws Exception {
    assertThat(control(streams.pause(FRONT))).isEqualTo(ControlResult.NOT_LIVE);
    live(streams.demand(FRONT, LeaseHolder.VIEWER));
    assertThat(control(streams.pause(FRONT))).isEqualTo(ControlResult.DONE);
    assertThat(streams.status(FRONT).paused()).isTrue();
    assertThat(control(streams.pause(FRONT))).isEqualTo(ControlResult.DONE);
    assertThat(control(streams.resume(FRONT))).isEqualTo(ControlResult.DONE);
    assertThat(control(streams.switchTo(FRONT, Quality.SUB))).isEqualTo(ControlResult.DONE);
    terminal.outcome = CommandOutcome.REFUSED;
    assertThat(control(streams.switchTo(FRONT, Quality.MAIN))).isEqualTo(ControlResult.REFUSED);
    assertThat(control(streams.pause(FRONT))).isEqualTo(ControlResult.REFUSED);
    assertThat(streams.status(FRONT).paused()).isFalse();
    assertThat(terminal.heard)
        .containsExactly(
            "pause 139-1",
            "resume 139-1",
            "switch 139-1 to sub",
            "switch 139-1 to main",
            "pause 139-1");
  }

  private static ControlResult control(CompletionStage<ControlResult> answer) throws Exception {
    return answer.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void eachRefusalHasItsReason() {
    terminal.sends = false;
    assertRefused(FRONT, Code.NO_MEDIA);
    awaitRest();
    terminal.outcome = CommandOutcome.REFUSED;
    assertRefused(FRONT, Code.TERMINAL_REFUSED);
    awaitRest();
    verdict = Verdict.ORGANIZATION_SPENT;
    assertRefused(FRONT, Code.DATA_BUDGET_EXCEEDED);
    terminal.connected = false;
    assertRefused(FRONT, Code.TERMINAL_OFFLINE);
    assertRefused(StreamId.ofTerminal("140", 1, Quality.MAIN), Code.STREAM_NOT_FOUND);
    assertRefused(StreamId.parse("some-camera", Quality.MAIN), Code.STREAM_NOT_FOUND);
    streams.close();
    assertRefused(FRONT, Code.SERVER_STOPPING);
    assertThat(terminal.told).hasValue(terminal.asked.get());
  }

  @Test
  void aStoppingServerTellsTheTerminals() throws Exception {
    live(streams.demand(FRONT, LeaseHolder.VIEWER));
    streams.close();
    await().until(() -> terminal.told.get() == 1);
  }

  @Test
  void manyThatComeAndGoAtOnceAreAllAnswered() throws Exception {
    List<Future<Integer>> viewers = new ArrayList<>();
    try (ExecutorService many = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        Random random = new Random(i);
        viewers.add(many.submit(() -> comeAndGo(random)));
      }
      for (int i = 0; i < 20; i++) {
        clock.start(Duration.ofMillis(40L * i), () -> terminal.breakOff(FRONT));
        clock.start(Duration.ofMillis(40L * i + 5), () -> streams.terminalOnline("139"));
      }
    }
    int granted = 0;
    for (Future<Integer> viewer : viewers) {
      granted += viewer.get();
    }
    assertThat(granted).isPositive();
    awaitRest();
    assertThat(terminal.mostAtOnce).hasValue(1);
    assertThat(terminal.told.get()).isGreaterThanOrEqualTo(terminal.asked.get());
    await().until(() -> timers.running() == 0);
    assertThat(streams.statistics().requests()).isEqualTo(terminal.asked.get());
  }

  private int comeAndGo(Random random) throws InterruptedException {
    int granted = 0;
    for (int i = 0; i < 100; i++) {
      StreamId channel = StreamId.ofTerminal("139", random.nextInt(3), Quality.MAIN);
      try (StreamLease lease = streams.demand(channel, LeaseHolder.VIEWER)) {
        if (random.nextInt(3) == 0) {
          continue; // leaves at once
        }
        CompletableFuture<Stream> answer = lease.live().toCompletableFuture();
        granted +=
            answer.handle((stream, refusal) -> stream == null ? 0 : 1).get(20, TimeUnit.SECONDS);
        LockSupport.parkNanos(random.nextInt(5_000_000));
      } catch (ExecutionException | CancellationException | TimeoutException e) {
        throw new AssertionError("never answered", e);
      }
    }
    return granted;
  }

  private static Stream live(StreamLease lease) throws Exception {
    return lease.live().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void assertRefused(StreamId id, Code code) {
    try (StreamLease lease = streams.demand(id, LeaseHolder.VIEWER)) {
      assertThatThrownBy(() -> live(lease))
          .cause()
          .isInstanceOfSatisfying(
              StreamUnavailableException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
  }

  private void awaitRest() {
    await().until(() -> streams.channelCount() == 0);
  }
}
