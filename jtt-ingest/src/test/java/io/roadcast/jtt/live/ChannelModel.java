package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.live.ChannelEvent.Wish;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A channel, its viewers and a moody terminal in virtual time. After every event what must always
 * hold is checked.
 */
final class ChannelModel {
  static final LiveTiming TIMING =
      LiveTiming.of(Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(15));

  /** Nobody waits longer for an answer, whatever the terminal does. */
  private static final long LONGEST_WAIT_MILLIS = 120_000;

  private record Due(long at, long order, Runnable what) {}

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
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private final Deque<Viewer> waiting = new ArrayDeque<>();
  private final List<Viewer> granted = new ArrayList<>();
  private final List<Viewer> all = new ArrayList<>();
  private final List<Long> unanswered = new ArrayList<>();
  private final StringBuilder story = new StringBuilder();
  private ChannelState state = ChannelState.INITIAL;
  private long now;
  private long order;
  private long timerDueAt;
  private long runningTimer;

  // The terminal.
  private boolean connected = true;
  private boolean toldToSend;
  private boolean sending;
  private int mediaTurn;
  private int requests;
  private boolean budgetSpent;
  private long acceptedAt;

  /** How often something happened that there is a promise about. */
  final Map<Promise, Integer> seen = new EnumMap<>(Promise.class);

  /** What is promised of a channel, besides what always holds. */
  enum Promise {
    WHO_JOINS_A_REQUEST_CAUSES_NO_OTHER,
    WHO_JOINS_IN_GRACE_KEEPS_IT,
    WHO_JOINS_A_STOP_WAITS_FOR_A_NEW_REQUEST,
    MEDIA_MAY_COME_BEFORE_THE_ANSWER,
    A_REFUSAL_WITH_MEDIA_IS_SUCCESS,
    SILENCE_AFTER_THE_ANSWER_IS_NO_MEDIA,
    STALE_ANSWERS_AND_TIMERS_MEAN_NOTHING,
    WHAT_IS_PAUSED_IS_NOT_ASKED_FOR_AGAIN,
    WHAT_DOES_NOT_RESUME_IS_STOPPED,
    A_STOPPING_SERVER_TELLS_THE_TERMINAL
  }

  ChannelModel(long seed) {
    this.random = new Random(seed);
  }

  /** So many random events, then everybody leaves and the terminal comes back. */
  void run(int events) {
    for (int i = 0; i < events; i++) {
      long pause = random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(1_500);
      advanceTo(now + pause);
      somethingHappens();
    }
    if (random.nextInt(3) == 0) {
      stopServer();
    }
    while (!waiting.isEmpty() || !granted.isEmpty()) {
      leave();
    }
    runDry();
    reconnect();
    runDry();
    checkTheEnd();
  }

  private void somethingHappens() {
    switch (random.nextInt(17)) {
      case 0, 1, 2, 3 -> join(Wish.ORDINARY);
      case 4 -> join(Wish.EXEMPT);
      case 5, 6, 7, 8 -> leave();
      case 9 -> disconnect(CommandOutcome.LOST);
      case 10 -> reconnect();
      case 11 -> media(random.nextBoolean(), 0);
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
    boolean sends = toldToSend;
    take(new ChannelEvent.ServerStopping());
    assertThat(waiting).as(story.toString()).isEmpty();
    assertThat(granted).as(story.toString()).isEmpty();
    if (sends && connected && before != ChannelPhase.STOPPING) {
      kept(Promise.A_STOPPING_SERVER_TELLS_THE_TERMINAL, !toldToSend);
    }
  }

  private void join(Wish wish) {
    Viewer viewer = new Viewer(wish, now);
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

  private void disconnect(CommandOutcome outcome) {
    connected = false;
    for (long number : List.copyOf(unanswered)) {
      unanswered.remove(number);
      take(new ChannelEvent.Answered(number, outcome));
    }
  }

  private void reconnect() {
    disconnect(connected ? CommandOutcome.REPLACED : CommandOutcome.LOST);
    connected = true;
    take(new ChannelEvent.TerminalOnline());
  }

  private void asked(long number) {
    unanswered.clear(); // Whatever is said to an earlier command is stale.
    if (!connected) {
      later(0, () -> take(new ChannelEvent.Answered(number, CommandOutcome.NOT_SENT)));
      return;
    }
    requests++;
    assertThat(requests).as("requests without a close between:%n%s", story).isEqualTo(1);
    toldToSend = true;
    answerSomehow(number);
    int mood = random.nextInt(10);
    if (mood < 7) {
      media(true, random.nextInt(mood < 4 ? 3_000 : 15_000));
    }
  }

  private void closed(long number) {
    if (!connected) {
      later(0, () -> take(new ChannelEvent.Answered(number, CommandOutcome.NOT_SENT)));
      return;
    }
    requests = 0;
    toldToSend = false;
    unanswered.clear(); // Whatever is said to an earlier command is stale.
    answerSomehow(number);
    if (random.nextInt(8) != 0) {
      media(false, random.nextInt(3_000));
    }
  }

  /** Pictures may go on, stop or break off, whatever it answers. */
  private void told(long number) {
    unanswered.clear(); // Whatever is said to an earlier command is stale.
    if (!connected) {
      later(0, () -> take(new ChannelEvent.Answered(number, CommandOutcome.NOT_SENT)));
    } else {
      answerSomehow(number);
    }
  }

  private void answerSomehow(long number) {
    unanswered.add(number);
    int mood = random.nextInt(12);
    if (mood < 8) {
      answer(number, random.nextInt(8_000), CommandOutcome.ACCEPTED);
      if (mood == 0) {
        answer(number, random.nextInt(30_000), CommandOutcome.REFUSED); // a duplicate
      }
    } else if (mood < 10) {
      answer(number, random.nextInt(8_000), CommandOutcome.REFUSED);
    } else if (mood == 10) {
      answer(number, 8_000, CommandOutcome.SILENT);
    } // else: not even the time-out is told
  }

  private void answer(long number, long delay, CommandOutcome outcome) {
    later(
        delay,
        () -> {
          unanswered.remove(number);
          take(new ChannelEvent.Answered(number, outcome));
        });
  }

  private void media(boolean on, long delay) {
    int turn = ++mediaTurn;
    if (!on) {
      later(delay, () -> presence(turn, MediaPresence.NONE));
      return;
    }
    int mood = random.nextInt(6);
    if (mood < 2) {
      later(delay, () -> presence(turn, MediaPresence.STARTED));
    } else if (mood == 2) {
      later(delay, () -> presence(turn, MediaPresence.SOUND));
    }
    if (mood != 0) {
      later(delay + random.nextInt(4_000), () -> presence(turn, MediaPresence.PICTURE));
    }
    if (random.nextInt(3) == 0) {
      later(delay + 4_000 + random.nextInt(40_000), () -> presence(turn, MediaPresence.NONE));
    }
  }

  private void presence(int turn, MediaPresence presence) {
    boolean overtaken = turn != mediaTurn;
    if (!overtaken && presence != state.media()) {
      sending = presence != MediaPresence.NONE;
      take(new ChannelEvent.Media(presence));
    }
  }

  private void take(ChannelEvent event) {
    ChannelState before = state;
    ChannelMachine.Step step = machine.step(state, event);
    story.append(now).append(' ').append(event).append("\n  -> ").append(step).append('\n');
    state = step.state();
    judge(before, event, step.effects());
    step.effects().forEach(effect -> judge(before, event, effect));
    step.effects().forEach(this::perform);
    check();
  }

  /** Whether an event led to what was promised. */
  private void judge(ChannelState before, ChannelEvent event, List<ChannelEffect> effects) {
    switch (event) {
      case ChannelEvent.Joined joined -> judgeJoin(before, effects);
      case ChannelEvent.Media(MediaPresence presence) -> judgeMedia(before, presence, effects);
      case ChannelEvent.Answered(long number, CommandOutcome outcome) -> {
        if (number != before.command()) {
          kept(
              Promise.STALE_ANSWERS_AND_TIMERS_MEAN_NOTHING,
              state.equals(before) && effects.isEmpty());
        } else if (before.timerKind() == ChannelTimer.RESUME
            && outcome != CommandOutcome.ACCEPTED) {
          kept(Promise.WHAT_DOES_NOT_RESUME_IS_STOPPED, any(effects, ChannelEffect.Close.class));
        } else if (outcome == CommandOutcome.ACCEPTED) {
          acceptedAt = now;
        }
      }
      case ChannelEvent.TimerFired(long number) -> {
        if (number != before.timer()) {
          kept(
              Promise.STALE_ANSWERS_AND_TIMERS_MEAN_NOTHING,
              state.equals(before) && effects.isEmpty());
        }
      }
      case ChannelEvent.Left left -> {}
      case ChannelEvent.Held held -> {}
      case ChannelEvent.Released released -> {}
      case ChannelEvent.TerminalOnline online -> {}
      case ChannelEvent.BudgetSpent spent -> {}
      case ChannelEvent.ServerStopping stopping -> {}
    }
  }

  private void judgeJoin(ChannelState before, List<ChannelEffect> effects) {
    if (any(effects, ChannelEffect.TurnAway.class)) {
      return;
    }
    boolean asked = any(effects, ChannelEffect.Ask.class);
    boolean closed = any(effects, ChannelEffect.Close.class);
    switch (before.phase()) {
      case REQUESTED, LIVE ->
          kept(Promise.WHO_JOINS_A_REQUEST_CAUSES_NO_OTHER, !asked && !closed && !state.paused());
      case GRACE -> {
        boolean live = state.phase() == ChannelPhase.LIVE && state.timer() != before.timer();
        boolean noCodec = before.media() == MediaPresence.STARTED;
        kept(Promise.WHO_JOINS_IN_GRACE_KEEPS_IT, !asked && !closed && (live || noCodec));
      }
      case STOPPING ->
          kept(
              Promise.WHO_JOINS_A_STOP_WAITS_FOR_A_NEW_REQUEST,
              effects.isEmpty() && state.phase() == ChannelPhase.STOPPING);
      case IDLE, BACKOFF -> {}
    }
  }

  private void judgeMedia(
      ChannelState before, MediaPresence presence, List<ChannelEffect> effects) {
    if (before.phase() == ChannelPhase.REQUESTED && presence == MediaPresence.PICTURE) {
      boolean live = state.phase() != ChannelPhase.REQUESTED && waitingIsToldBy(effects, before);
      if (before.command() != 0) {
        kept(Promise.MEDIA_MAY_COME_BEFORE_THE_ANSWER, live);
      } else if (before.timerKind() == ChannelTimer.REFUSAL) {
        kept(Promise.A_REFUSAL_WITH_MEDIA_IS_SUCCESS, live);
      }
    } else if (before.paused()
        && before.phase() == ChannelPhase.LIVE
        && presence == MediaPresence.NONE) {
      kept(
          Promise.WHAT_IS_PAUSED_IS_NOT_ASKED_FOR_AGAIN,
          !any(effects, ChannelEffect.Ask.class) && state.granted() == 0);
    }
  }

  private static boolean waitingIsToldBy(List<ChannelEffect> effects, ChannelState before) {
    return before.waiting() == 0 || any(effects, ChannelEffect.Grant.class);
  }

  /** Whether there was reason for an effect. */
  private void judge(ChannelState before, ChannelEvent event, ChannelEffect effect) {
    boolean reason =
        switch (effect) {
          case ChannelEffect.Ask ask ->
              state.wanted()
                  && (before.phase() != ChannelPhase.STOPPING
                      || before.timerKind() == ChannelTimer.SETTLE && !before.owesClose());
          case ChannelEffect.Refuse(Code code) -> judgeRefusal(before, event, code);
          case ChannelEffect.Pause pause -> before.phase() == ChannelPhase.LIVE && !before.paused();
          case ChannelEffect.Resume resume -> before.paused() && !state.paused();
          case ChannelEffect.Close close -> state.phase() == ChannelPhase.STOPPING;
          case ChannelEffect.CutMedia cut -> before.media() != MediaPresence.NONE;
          case ChannelEffect.StartTimer started -> true;
          case ChannelEffect.StopTimer stop -> true;
          case ChannelEffect.Grant grant -> true;
          case ChannelEffect.TurnAway turned -> true;
          case ChannelEffect.Revoke revoke -> true;
        };
    assertThat(reason).as("no reason for %s after %s:%n%s", effect, event, story).isTrue();
  }

  private boolean judgeRefusal(ChannelState before, ChannelEvent event, Code code) {
    boolean timeIsOver = event instanceof ChannelEvent.TimerFired;
    return switch (code) {
      case TERMINAL_REFUSED ->
          timeIsOver
              && before.timerKind() == ChannelTimer.REFUSAL
              && before.media() == MediaPresence.NONE;
      case NO_MEDIA -> {
        if (timeIsOver && before.timerKind() == ChannelTimer.MEDIA) {
          kept(
              Promise.SILENCE_AFTER_THE_ANSWER_IS_NO_MEDIA,
              now - acceptedAt == TIMING.media().toMillis());
        }
        yield before.media() != MediaPresence.PICTURE;
      }
      case TERMINAL_OFFLINE, DATA_BUDGET_EXCEEDED, SERVER_STOPPING -> true;
      case STREAM_NOT_FOUND -> false;
    };
  }

  private static boolean any(List<ChannelEffect> effects, Class<? extends ChannelEffect> sort) {
    return effects.stream().anyMatch(sort::isInstance);
  }

  private void kept(Promise promise, boolean kept) {
    assertThat(kept).as("%s:%n%s", promise, story).isTrue();
    seen.merge(promise, 1, Integer::sum);
  }

  private void perform(ChannelEffect effect) {
    switch (effect) {
      case ChannelEffect.Ask ask -> asked(ask.number());
      case ChannelEffect.Close close -> closed(close.number());
      case ChannelEffect.Pause(long number) -> told(number);
      case ChannelEffect.Resume(long number) -> told(number);
      case ChannelEffect.CutMedia cut -> {
        if (random.nextInt(10) != 0) {
          media(false, random.nextInt(50));
        }
      }
      case ChannelEffect.StartTimer started -> {
        runningTimer = started.number();
        timerDueAt = now + started.after().toMillis();
        later(started.after().toMillis(), () -> fire(started.number()));
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
      assertThat(timerDueAt).as(story.toString()).isGreaterThanOrEqualTo(now);
    }
    for (Viewer viewer : waiting) {
      assertThat(now - viewer.since).as(story.toString()).isLessThan(LONGEST_WAIT_MILLIS);
    }
  }

  private static long exempt(java.util.stream.Stream<Viewer> viewers) {
    return viewers.filter(viewer -> viewer.wish == Wish.EXEMPT).count();
  }

  private void checkTheEnd() {
    assertThat(all).as(story.toString()).allMatch(viewer -> viewer.answers == 1);
    assertThat(state.phase()).as(story.toString()).isEqualTo(ChannelPhase.IDLE);
    assertThat(state.atRest()).as(story.toString()).isTrue();
    assertThat(runningTimer).as(story.toString()).isZero();
    assertThat(toldToSend).as("never told to stop:%n%s", story).isFalse();
  }

  /** Whether this run came to see pictures. */
  boolean everGranted() {
    return all.stream().anyMatch(viewer -> viewer.granted);
  }

  boolean stillSending() {
    return sending;
  }

  private void later(long delay, Runnable what) {
    agenda.add(new Due(now + delay, order++, what));
  }

  private void advanceTo(long time) {
    while (!agenda.isEmpty() && agenda.element().at <= time) {
      Due due = agenda.remove();
      now = due.at;
      due.what.run();
    }
    now = time;
  }

  private void runDry() {
    int steps = 0;
    while (!agenda.isEmpty()) {
      advanceTo(agenda.element().at);
      assertThat(++steps).as("goes on for ever:%n%s", story).isLessThan(10_000);
    }
  }
}
