package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Judges each step of a channel: was there reason for it, and was kept what is promised? */
final class ChannelJudge {
  private final CharSequence story;
  private final Map<Promise, Integer> seen = new EnumMap<>(Promise.class);
  private ChannelState state = ChannelState.INITIAL;
  private long now;
  private long acceptedAt;

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

  /**
   * @param story what happened so far, for who has to find out why something failed
   */
  ChannelJudge(CharSequence story) {
    this.story = story;
  }

  /** How often something happened that there is a promise about. */
  Map<Promise, Integer> seen() {
    return seen;
  }

  void judge(ChannelState before, ChannelEvent event, ChannelMachine.Step step, long at) {
    state = step.state();
    now = at;
    judgeEvent(before, event, step.effects());
    step.effects().forEach(effect -> judgeEffect(before, event, effect));
  }

  /** Whether an event led to what was promised. */
  private void judgeEvent(ChannelState before, ChannelEvent event, List<ChannelEffect> effects) {
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
  private void judgeEffect(ChannelState before, ChannelEvent event, ChannelEffect effect) {
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
              now - acceptedAt == ChannelModel.TIMING.media().toMillis());
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

  void kept(Promise promise, boolean kept) {
    assertThat(kept).as("%s:%n%s", promise, story).isTrue();
    seen.merge(promise, 1, Integer::sum);
  }
}
