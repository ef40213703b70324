package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.live.ChannelEvent.Wish;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
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
    while (!waiting.isEmpty() || !granted.isEmpty()) {
      leave();
    }
    runDry();
    reconnect();
    runDry();
    checkTheEnd();
  }

  private void somethingHappens() {
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> join(Wish.ORDINARY);
      case 4 -> join(Wish.EXEMPT);
      case 5, 6, 7, 8 -> leave();
      case 9 -> disconnect(CommandOutcome.LOST);
      case 10 -> reconnect();
      case 11 -> media(random.nextBoolean(), 0);
      case 12 -> take(new ChannelEvent.TimerFired(random.nextLong(state.lastNumber() + 1) - 1));
      default -> {
        budgetSpent = random.nextBoolean();
        if (budgetSpent) {
          take(new ChannelEvent.BudgetSpent());
        }
      }
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
    ChannelMachine.Step step = machine.step(state, event);
    story.append(now).append(' ').append(event).append("\n  -> ").append(step).append('\n');
    state = step.state();
    step.effects().forEach(this::perform);
    check();
  }

  private void perform(ChannelEffect effect) {
    switch (effect) {
      case ChannelEffect.Ask ask -> asked(ask.number());
      case ChannelEffect.Close close -> closed(close.number());
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
