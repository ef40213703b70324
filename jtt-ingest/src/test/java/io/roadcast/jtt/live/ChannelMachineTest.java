package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.live.ChannelEvent.Wish;
import io.roadcast.jtt.live.ChannelJudge.Promise;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelMachineTest {
  private static final int SEQUENCES = 10_000;

  private final ChannelMachine machine = new ChannelMachine(ChannelModel.TIMING);
  private final List<ChannelEffect> effects = new ArrayList<>();
  private ChannelState state = ChannelState.INITIAL;

  @Test
  void keepsItsPromisesInTenThousandRandomLives() {
    int granted = 0;
    Map<Promise, Integer> seen = new EnumMap<>(Promise.class);
    for (int seed = 0; seed < SEQUENCES; seed++) {
      ChannelModel model = new ChannelModel(seed);
      model.run(10 + seed % 40);
      granted += model.everGranted() ? 1 : 0;
      model.seen().forEach((promise, times) -> seen.merge(promise, times, Integer::sum));
    }
    assertThat(granted).isGreaterThan(SEQUENCES / 2);
    assertThat(seen.keySet()).containsExactly(Promise.values());
    assertThat(seen.values()).allMatch(times -> times > 50);
  }

  @Test
  void manyViewersCauseOneRequest() {
    for (int i = 0; i < 5; i++) {
      join();
    }
    assertThat(effects).filteredOn(ChannelEffect.Ask.class::isInstance).hasSize(1);
    accepted();
    media(MediaPresence.PICTURE);
    assertPhase(ChannelPhase.LIVE);
    assertThat(state.granted()).isEqualTo(5);
    join();
    assertThat(effects).filteredOn(ChannelEffect.Ask.class::isInstance).hasSize(1);
    assertThat(state.granted()).isEqualTo(6);
  }

  @Test
  void theLastOneToLeaveIsFollowedByGraceAndThenByTheClose() {
    live();
    leave();
    assertPhase(ChannelPhase.GRACE);
    assertThat(effects).noneMatch(ChannelEffect.Close.class::isInstance);
    timer();
    assertPhase(ChannelPhase.STOPPING);
    assertThat(effects).anyMatch(ChannelEffect.Close.class::isInstance);
    accepted();
    assertPhase(ChannelPhase.STOPPING);
    media(MediaPresence.NONE);
    timer();
    assertThat(state.atRest()).isTrue();
  }

  @Test
  void whoJoinsInGraceKeepsItLive() {
    live();
    leave();
    join();
    assertPhase(ChannelPhase.LIVE);
    assertThat(state.granted()).isEqualTo(1);
    assertThat(effects).filteredOn(ChannelEffect.Ask.class::isInstance).hasSize(1);
    assertThat(effects).noneMatch(ChannelEffect.Close.class::isInstance);
  }

  @Test
  void whoJoinsWhileItStopsWaitsForTheCloseAndANewRequest() {
    live();
    leave();
    timer();
    join();
    assertPhase(ChannelPhase.STOPPING);
    accepted();
    media(MediaPresence.NONE);
    assertThat(effects).filteredOn(ChannelEffect.Ask.class::isInstance).hasSize(1);
    timer();
    assertPhase(ChannelPhase.REQUESTED);
    assertThat(effects).filteredOn(ChannelEffect.Ask.class::isInstance).hasSize(2);
  }

  @Test
  void mediaBeforeTheAcknowledgementIsAccepted() {
    join();
    media(MediaPresence.PICTURE);
    assertPhase(ChannelPhase.LIVE);
    accepted();
    assertPhase(ChannelPhase.LIVE);
  }

  @Test
  void aRefusalWithMediaIsSuccess() {
    join();
    answer(CommandOutcome.REFUSED);
    assertPhase(ChannelPhase.REQUESTED);
    media(MediaPresence.PICTURE);
    assertPhase(ChannelPhase.LIVE);
    leave();
    timer();
    assertThat(effects).anyMatch(ChannelEffect.Close.class::isInstance);
  }

  @Test
  void aRefusalWithoutMediaIsToldAfterAMoment() {
    join();
    answer(CommandOutcome.REFUSED);
    assertThat(effects).noneMatch(ChannelEffect.Refuse.class::isInstance);
    timer();
    assertRefused(Code.TERMINAL_REFUSED);
    assertThat(effects).anyMatch(ChannelEffect.Close.class::isInstance);
  }

  @Test
  void acknowledgedButSilentIsNoMediaAfterTenSeconds() {
    join();
    accepted();
    assertThat(effects)
        .last()
        .isEqualTo(
            new ChannelEffect.StartTimer(
                state.timer(), ChannelTimer.MEDIA, Duration.ofSeconds(10)));
    timer();
    assertRefused(Code.NO_MEDIA);
    assertPhase(ChannelPhase.STOPPING);
    accepted();
    timer();
    assertPhase(ChannelPhase.BACKOFF);
    join();
    assertThat(effects).last().isEqualTo(new ChannelEffect.TurnAway(Code.NO_MEDIA));
    timer();
    assertThat(state.atRest()).isTrue();
  }

  @Test
  void aTerminalThatIsNotConnectedOwesAndGetsNothing() {
    join();
    answer(CommandOutcome.NOT_SENT);
    assertRefused(Code.TERMINAL_OFFLINE);
    assertThat(effects).noneMatch(ChannelEffect.Close.class::isInstance);
    assertThat(state.atRest()).isTrue();
  }

  @Test
  void aCloseThatCouldNotBeSaidIsSaidWhenTheTerminalIsBack() {
    live();
    leave();
    timer();
    media(MediaPresence.NONE);
    while (state.phase() == ChannelPhase.STOPPING) {
      answer(CommandOutcome.NOT_SENT);
      timer();
    }
    assertPhase(ChannelPhase.IDLE);
    assertThat(state.atRest()).isFalse();
    take(new ChannelEvent.TerminalOnline());
    assertPhase(ChannelPhase.STOPPING);
    accepted();
    timer();
    assertThat(state.atRest()).isTrue();
  }

  @Test
  void aStreamThatBreaksOffIsClosedAndAskedForAgainWhileSomebodyHoldsIt() {
    live();
    timer(); // it has proved itself
    media(MediaPresence.NONE);
    assertPhase(ChannelPhase.STOPPING);
    accepted();
    timer();
    assertPhase(ChannelPhase.REQUESTED);
    accepted();
    media(MediaPresence.PICTURE);
    assertPhase(ChannelPhase.LIVE);
    assertThat(effects).filteredOn(ChannelEffect.Ask.class::isInstance).hasSize(2);
  }

  @Test
  void aStreamThatBreaksOffAtOnceAgainAndAgainIsAskedForLessOften() {
    live();
    media(MediaPresence.NONE);
    accepted();
    timer();
    assertPhase(ChannelPhase.BACKOFF);
    assertThat(effects)
        .last()
        .isEqualTo(
            new ChannelEffect.StartTimer(
                state.timer(), ChannelTimer.BACKOFF, Duration.ofSeconds(2)));
    timer();
    assertPhase(ChannelPhase.REQUESTED);
    answer(CommandOutcome.SILENT);
    accepted();
    timer();
    assertThat(effects)
        .last()
        .isEqualTo(
            new ChannelEffect.StartTimer(
                state.timer(), ChannelTimer.BACKOFF, Duration.ofSeconds(4)));
  }

  @Test
  void aConnectionThatIsReplacedWhileAskingIsAskedAnew() {
    join();
    answer(CommandOutcome.REPLACED);
    assertPhase(ChannelPhase.STOPPING);
    accepted();
    timer();
    assertPhase(ChannelPhase.REQUESTED);
    assertThat(state.waiting()).isEqualTo(1);
  }

  @Test
  void staleAnswersAndTimersAreIgnored() {
    join();
    long first = state.command();
    long timer = state.timer();
    accepted();
    ChannelState before = state;
    take(new ChannelEvent.Answered(first, CommandOutcome.REFUSED));
    take(new ChannelEvent.TimerFired(timer));
    assertThat(state).isEqualTo(before);
  }

  @Test
  void anUnaskedStreamCausesNoRequestUntilItEnds() {
    media(MediaPresence.PICTURE);
    join();
    assertPhase(ChannelPhase.LIVE);
    assertThat(effects).noneMatch(ChannelEffect.Ask.class::isInstance);
    leave();
    assertThat(state.atRest()).isTrue();
    join();
    media(MediaPresence.NONE);
    assertPhase(ChannelPhase.REQUESTED);
    assertThat(effects).anyMatch(ChannelEffect.Ask.class::isInstance);
  }

  @Test
  void soundAloneIsEnoughWhenNoPictureFollows() {
    join();
    accepted();
    media(MediaPresence.SOUND);
    assertPhase(ChannelPhase.REQUESTED);
    timer();
    assertPhase(ChannelPhase.LIVE);
  }

  @Test
  void mediaThatDoNotEndAfterTheCloseAreCut() {
    live();
    leave();
    timer();
    accepted();
    timer();
    assertThat(effects).anyMatch(ChannelEffect.CutMedia.class::isInstance);
  }

  @Test
  void aSpentBudgetEndsWhatIsLiveUnlessSomebodyIsExempt() {
    live();
    take(new ChannelEvent.Joined(Wish.EXEMPT, false));
    take(new ChannelEvent.BudgetSpent());
    assertPhase(ChannelPhase.LIVE);
    take(new ChannelEvent.Left(Wish.EXEMPT, true));
    take(new ChannelEvent.BudgetSpent());
    assertPhase(ChannelPhase.STOPPING);
    assertThat(effects).contains(new ChannelEffect.Revoke(Code.DATA_BUDGET_EXCEEDED));
    take(new ChannelEvent.Joined(Wish.ORDINARY, false));
    assertThat(effects).last().isEqualTo(new ChannelEffect.TurnAway(Code.DATA_BUDGET_EXCEEDED));
    take(new ChannelEvent.Joined(Wish.EXEMPT, false));
    assertThat(state.waiting()).isEqualTo(1);
  }

  @Test
  void whatNobodyLooksAtIsPausedUntilSomebodyDoes() {
    live();
    take(new ChannelEvent.Held());
    assertThat(effects).last().isInstanceOf(ChannelEffect.Pause.class);
    accepted();
    take(new ChannelEvent.Held());
    assertThat(effects).filteredOn(ChannelEffect.Pause.class::isInstance).hasSize(1);
    assertThat(state.paused()).isTrue();
    join();
    assertThat(state.paused()).isFalse();
    assertThat(effects).anyMatch(ChannelEffect.Resume.class::isInstance);
    accepted();
    assertPhase(ChannelPhase.LIVE);
    assertThat(effects).filteredOn(ChannelEffect.Ask.class::isInstance).hasSize(1);
  }

  @Test
  void aTerminalThatDoesNotPauseIsNotTakenForPaused() {
    live();
    take(new ChannelEvent.Held());
    answer(CommandOutcome.REFUSED);
    assertThat(state.paused()).isFalse();
    take(new ChannelEvent.Released());
    assertThat(effects).noneMatch(ChannelEffect.Resume.class::isInstance);
  }

  @Test
  void whatDoesNotResumeIsAskedForAnew() {
    live();
    take(new ChannelEvent.Held());
    accepted();
    take(new ChannelEvent.Released());
    answer(CommandOutcome.SILENT);
    assertPhase(ChannelPhase.STOPPING);
    accepted();
    media(MediaPresence.NONE);
    timer();
    assertPhase(ChannelPhase.REQUESTED);
    assertThat(state.granted()).isEqualTo(1);
  }

  @Test
  void whatEndsWhileItIsPausedIsStopped() {
    live();
    take(new ChannelEvent.Held());
    accepted();
    media(MediaPresence.NONE);
    assertPhase(ChannelPhase.STOPPING);
    assertThat(effects).contains(new ChannelEffect.Revoke(Code.NO_MEDIA));
    accepted();
    timer();
    assertThat(state.atRest()).isTrue();
  }

  private void live() {
    join();
    accepted();
    media(MediaPresence.PICTURE);
    assertPhase(ChannelPhase.LIVE);
  }

  private void join() {
    take(new ChannelEvent.Joined(Wish.ORDINARY, true));
  }

  private void leave() {
    take(new ChannelEvent.Left(Wish.ORDINARY, state.granted() > 0));
  }

  private void accepted() {
    answer(CommandOutcome.ACCEPTED);
  }

  private void answer(CommandOutcome outcome) {
    take(new ChannelEvent.Answered(state.command(), outcome));
  }

  private void media(MediaPresence presence) {
    take(new ChannelEvent.Media(presence));
  }

  private void timer() {
    take(new ChannelEvent.TimerFired(state.timer()));
  }

  private void take(ChannelEvent event) {
    ChannelMachine.Step step = machine.step(state, event);
    state = step.state();
    effects.addAll(step.effects());
  }

  private void assertPhase(ChannelPhase phase) {
    assertThat(state.phase()).isEqualTo(phase);
  }

  private void assertRefused(Code code) {
    assertThat(effects).contains(new ChannelEffect.Refuse(code));
    assertThat(state.waiting()).isZero();
  }
}
