package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.live.ChannelEvent.Wish;
import io.roadcast.jtt.live.ChannelJudge.Promise;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A channel, its viewers and a moody terminal in virtual time. After every event what must always
 * hold is checked.
 */
final class ChannelModel {
  static final LiveTiming TIMING =
      LiveTiming.of(Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(15));

  /** Nobody waits longer for an answer, whatever the terminal does. */
  private static final long LONGEST_WAIT_MILLIS = 120_000;

  private static final class Viewer {
    final Wish wish;
    final long since;
    int answers;
    boolean granted;
    boolean revoked;

    Viewer(Wish wish, long since) {
      this.wish = wish;
      this.since = since;
    }
  }

  private final Random random;
  private final ChannelMachine machine = new ChannelMachine(TIMING);
  private final Agenda agenda = new Agenda();
  private final Deque<Viewer> waiting = new ArrayDeque<>();
  private final List<Viewer> granted = new ArrayList<>();
  private final List<Viewer> all = new ArrayList<>();
  private final StringBuilder story = new StringBuilder();
  private final ChannelJudge judge = new ChannelJudge(story);
  private final MoodyTerminal terminal;
  private ChannelState state = ChannelState.INITIAL;
  private long timerDueAt;
  private long runningTimer;
  private boolean budgetSpent;

  ChannelModel(long seed) {
    this.random = new Random(seed);
    this.terminal = new MoodyTerminal(random, agenda, this::take, () -> state.media(), story);
  }

  /** How often something happened that there is a promise about. */
  Map<Promise, Integer> seen() {
    return judge.seen();
  }

  /** So many random events, then everybody leaves and the terminal comes back. */
  void run(int events) {
    for (int i = 0; i < events; i++) {
      long pause = random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(1_500);
      agenda.advanceTo(agenda.now() + pause);
      somethingHappens();
    }
    if (random.nextInt(3) == 0) {
      stopServer();
    }
    while (!waiting.isEmpty() || !granted.isEmpty()) {
      leave();
    }
    runDry();
    terminal.reconnect();
    runDry();
    checkTheEnd();
  }

  private void somethingHappens() {
    switch (random.nextInt(17)) {
      case 0, 1, 2, 3 -> join(Wish.ORDINARY);
      case 4 -> join(Wish.EXEMPT);
      case 5, 6, 7, 8 -> leave();
      case 9 -> terminal.disconnect(CommandOutcome.LOST);
      case 10 -> terminal.reconnect();
      case 11 -> terminal.media(random.nextBoolean(), 0);
      case 12 -> {
        long number = random.nextLong(state.lastNumber() + 1);
        if (number != state.timer()) {
          take(new ChannelEvent.TimerFired(number));
        }
      }
      case 13, 14 -> take(new ChannelEvent.Held());
      case 15 -> take(new ChannelEvent.Released());
      default -> {
        budgetSpent = random.nextBoolean();
        if (budgetSpent) {
          take(new ChannelEvent.BudgetSpent());
        }
      }
    }
  }

  private void stopServer() {
    ChannelPhase before = state.phase();
    boolean sends = terminal.toldToSend();
    take(new ChannelEvent.ServerStopping());
    assertThat(waiting).as(story.toString()).isEmpty();
    assertThat(granted).as(story.toString()).isEmpty();
    if (sends && terminal.connected() && before != ChannelPhase.STOPPING) {
      judge.kept(Promise.A_STOPPING_SERVER_TELLS_THE_TERMINAL, !terminal.toldToSend());
    }
  }

  private void join(Wish wish) {
    Viewer viewer = new Viewer(wish, agenda.now());
    all.add(viewer);
    waiting.addLast(viewer);
    take(new ChannelEvent.Joined(wish, !budgetSpent));
  }

  private void leave() {
    int place = random.nextInt(Math.max(1, waiting.size() + granted.size()));
    if (place < waiting.size()) {
      Viewer viewer = List.copyOf(waiting).get(place);
      waiting.remove(viewer);
      viewer.answers++; // cancelled
      take(new ChannelEvent.Left(viewer.wish, false));
    } else if (place - waiting.size() < granted.size()) {
      Viewer viewer = granted.remove(place - waiting.size());
      take(new ChannelEvent.Left(viewer.wish, true));
    }
  }

  private void take(ChannelEvent event) {
    ChannelState before = state;
    ChannelMachine.Step step = machine.step(state, event);
    story
        .append(agenda.now())
        .append(' ')
        .append(event)
        .append("\n  -> ")
        .append(step)
        .append('\n');
    state = step.state();
    judge.judge(before, event, step, agenda.now());
    step.effects().forEach(this::perform);
    check();
  }

  private void perform(ChannelEffect effect) {
    switch (effect) {
      case ChannelEffect.Ask ask -> terminal.asked(ask.number());
      case ChannelEffect.Close close -> terminal.closed(close.number());
      case ChannelEffect.Pause(long number) -> terminal.told(number);
      case ChannelEffect.Resume(long number) -> terminal.told(number);
      case ChannelEffect.CutMedia cut -> {
        if (random.nextInt(10) != 0) {
          terminal.media(false, random.nextInt(50));
        }
      }
      case ChannelEffect.StartTimer started -> {
        runningTimer = started.number();
        timerDueAt = agenda.now() + started.after().toMillis();
        agenda.after(started.after().toMillis(), () -> fire(started.number()));
      }
      case ChannelEffect.StopTimer stop -> runningTimer = 0;
      case ChannelEffect.Grant grant -> {
        assertThat(waiting).as(story.toString()).isNotEmpty();
        assertThat(state.media())
            .as(story.toString())
            .isIn(MediaPresence.PICTURE, MediaPresence.SOUND);
        waiting.forEach(this::grant);
        waiting.clear();
      }
      case ChannelEffect.Refuse(Code code) -> {
        waiting.forEach(viewer -> viewer.answers++);
        waiting.clear();
      }
      case ChannelEffect.TurnAway(Code code) -> waiting.removeLast().answers++;
      case ChannelEffect.Revoke(Code code) -> {
        granted.forEach(viewer -> viewer.revoked = true);
        granted.clear();
      }
    }
  }

  private void grant(Viewer viewer) {
    viewer.answers++;
    viewer.granted = true;
    granted.add(viewer);
  }

  /** A timer that was replaced would be cancelled; now and then it was too late for that. */
  private void fire(long number) {
    if (number == runningTimer) {
      runningTimer = 0;
      take(new ChannelEvent.TimerFired(number));
    } else if (random.nextInt(4) == 0) {
      take(new ChannelEvent.TimerFired(number));
    }
  }

  private void check() {
    assertThat(state.waiting()).as(story.toString()).isEqualTo(waiting.size());
    assertThat(state.granted()).as(story.toString()).isEqualTo(granted.size());
    assertThat(state.exemptWaiting() + state.exemptGranted())
        .as(story.toString())
        .isEqualTo((int) (exempt(waiting.stream()) + exempt(granted.stream())));
    boolean wanted = !waiting.isEmpty() || !granted.isEmpty();
    boolean holds =
        switch (state.phase()) {
          case IDLE -> !wanted && state.timer() == 0 && state.command() == 0;
          case REQUESTED -> state.timer() != 0 && granted.size() <= all.size();
          case LIVE -> !granted.isEmpty() && waiting.isEmpty();
          case GRACE -> !wanted && state.owesClose() && state.timerKind() == ChannelTimer.GRACE;
          case STOPPING -> state.timer() != 0;
          case BACKOFF -> waiting.isEmpty() && state.timerKind() == ChannelTimer.BACKOFF;
        };
    boolean mayBePaused =
        state.owesClose()
            && (state.phase() == ChannelPhase.LIVE || state.phase() == ChannelPhase.GRACE);
    assertThat(!state.paused() || mayBePaused).as(story.toString()).isTrue();
    assertThat(holds).as("%s must not be:%n%s", state, story).isTrue();
    if (state.timer() != 0) {
      assertThat(timerDueAt).as(story.toString()).isGreaterThanOrEqualTo(agenda.now());
    }
    for (Viewer viewer : waiting) {
      assertThat(agenda.now() - viewer.since).as(story.toString()).isLessThan(LONGEST_WAIT_MILLIS);
    }
  }

  private static long exempt(Stream<Viewer> viewers) {
    return viewers.filter(viewer -> viewer.wish == Wish.EXEMPT).count();
  }

  private void checkTheEnd() {
    assertThat(all).as(story.toString()).allMatch(viewer -> viewer.answers == 1);
    assertThat(state.phase()).as(story.toString()).isEqualTo(ChannelPhase.IDLE);
    assertThat(state.atRest()).as(story.toString()).isTrue();
    assertThat(runningTimer).as(story.toString()).isZero();
    assertThat(terminal.toldToSend()).as("never told to stop:%n%s", story).isFalse();
  }

  /** Whether this run came to see pictures. */
  boolean everGranted() {
    return all.stream().anyMatch(viewer -> viewer.granted);
  }

  boolean stillSending() {
    return terminal.sending();
  }

  private void runDry() {
    assertThat(agenda.runDry(10_000)).as("goes on for ever:%n%s", story).isTrue();
  }
}
