package io.roadcast.jtt.live;

import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel's next state while it is being made, and what is to be done so far. */
abstract class ChannelDraft {
  final LiveTiming timing;
  final List<ChannelEffect> effects = new ArrayList<>();
  ChannelPhase phase;
  MediaPresence media;
  int waiting;
  int granted;
  int exemptWaiting;
  int exemptGranted;
  boolean owesClose;
  boolean paused;
  long command;
  long timer;
  ChannelTimer timerKind;
  long lastNumber;
  int attempts;
  int failures;
  @Nullable Code lastFailure;

  ChannelDraft(ChannelState from, LiveTiming timing) {
    this.timing = timing;
    this.phase = from.phase();
    this.media = from.media();
    this.waiting = from.waiting();
    this.granted = from.granted();
    this.exemptWaiting = from.exemptWaiting();
    this.exemptGranted = from.exemptGranted();
    this.owesClose = from.owesClose();
    this.paused = from.paused();
    this.command = from.command();
    this.timer = from.timer();
    this.timerKind = from.timerKind();
    this.lastNumber = from.lastNumber();
    this.attempts = from.attempts();
    this.failures = from.failures();
    this.lastFailure = from.lastFailure();
  }

  ChannelMachine.Step finish() {
    return new ChannelMachine.Step(
        new ChannelState(
            phase,
            media,
            waiting,
            granted,
            exemptWaiting,
            exemptGranted,
            owesClose,
            paused,
            command,
            timer,
            timerKind,
            lastNumber,
            attempts,
            failures,
            lastFailure),
        List.copyOf(effects));
  }

  boolean wanted() {
    return waiting + granted > 0;
  }

  /** Whether the terminal was asked and may send because of that. */
  boolean asked() {
    return owesClose || (phase == ChannelPhase.REQUESTED && command != 0);
  }

  void start(ChannelTimer kind, Duration after) {
    timer = ++lastNumber;
    timerKind = kind;
    effects.add(new ChannelEffect.StartTimer(timer, kind, after));
  }
}
