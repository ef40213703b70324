package io.roadcast.jtt.live;

import io.roadcast.jtt.live.ChannelEvent.Wish;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One step of a {@link ChannelMachine} in the making. */
final class Transition {
  /** A terminal that connects anew again and again is given up. */
  private static final int MAX_ATTEMPTS = 2;

  private final LiveTiming timing;
  private final List<ChannelEffect> effects = new ArrayList<>();
  private ChannelPhase phase;
  private MediaPresence media;
  private int waiting;
  private int granted;
  private int exemptWaiting;
  private int exemptGranted;
  private boolean owesClose;
  private long command;
  private long timer;
  private ChannelTimer timerKind;
  private long lastNumber;
  private int attempts;
  private int failures;
  private @Nullable Code lastFailure;

  Transition(ChannelState from, LiveTiming timing) {
    this.timing = timing;
    this.phase = from.phase();
    this.media = from.media();
    this.waiting = from.waiting();
    this.granted = from.granted();
    this.exemptWaiting = from.exemptWaiting();
    this.exemptGranted = from.exemptGranted();
    this.owesClose = from.owesClose();
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
            command,
            timer,
            timerKind,
            lastNumber,
            attempts,
            failures,
            lastFailure),
        List.copyOf(effects));
  }

  void joined(ChannelEvent.Joined joined) {
    boolean refusedByBudget = !joined.affordable() && joined.wish() == Wish.ORDINARY;
    if (refusedByBudget && wouldCostMore()) {
      effects.add(new ChannelEffect.TurnAway(Code.DATA_BUDGET_EXCEEDED));
      return;
    }
    if (phase == ChannelPhase.BACKOFF && media != MediaPresence.PICTURE) {
      effects.add(
          new ChannelEffect.TurnAway(Objects.requireNonNullElse(lastFailure, Code.NO_MEDIA)));
      return;
    }
    waiting++;
    exemptWaiting += joined.wish() == Wish.EXEMPT ? 1 : 0;
    switch (phase) {
      case LIVE -> grant();
      case GRACE -> {
        if (media == MediaPresence.STARTED) {
          awaitCodec();
        } else {
          becomeLive();
        }
      }
      case BACKOFF -> becomeLive();
      case IDLE -> begin();
      case REQUESTED, STOPPING -> {}
    }
  }

  /** Whether one more would make the terminal send what it would not send otherwise. */
  private boolean wouldCostMore() {
    return switch (phase) {
      case LIVE, REQUESTED -> false;
      case IDLE, BACKOFF -> media == MediaPresence.NONE;
      case GRACE, STOPPING -> true;
    };
  }

  /** Out of idleness, for somebody who waits. */
  private void begin() {
    if (media == MediaPresence.PICTURE) {
      becomeLive();
    } else if (media != MediaPresence.NONE) {
      awaitCodec();
    } else if (owesClose) {
      stop();
    } else {
      ask();
    }
  }

  void left(ChannelEvent.Left left) {
    int exempt = left.wish() == Wish.EXEMPT ? 1 : 0;
    if (left.granted()) {
      granted--;
      exemptGranted -= exempt;
    } else {
      waiting--;
      exemptWaiting -= exempt;
    }
    if (wanted()) {
      return;
    }
    if (phase == ChannelPhase.LIVE && owesClose) {
      phase = ChannelPhase.GRACE;
      start(ChannelTimer.GRACE, timing.grace());
    } else if (phase == ChannelPhase.LIVE || (phase == ChannelPhase.REQUESTED && !asked())) {
      rest();
    }
  }

  void answered(long number, CommandOutcome outcome) {
    if (number != command) {
      return;
    }
    command = 0;
    switch (phase) {
      case REQUESTED -> requestAnswered(outcome);
      case STOPPING -> closeAnswered(outcome);
      case IDLE, LIVE, GRACE, BACKOFF -> {}
    }
  }

  private void requestAnswered(CommandOutcome outcome) {
    owesClose |= outcome != CommandOutcome.NOT_SENT;
    if (media != MediaPresence.NONE) {
      return;
    }
    switch (outcome) {
      case ACCEPTED -> start(ChannelTimer.MEDIA, timing.media());
      case REFUSED -> start(ChannelTimer.REFUSAL, timing.refusal());
      case SILENT -> fail(Code.NO_MEDIA);
      case NOT_SENT, LOST -> fail(Code.TERMINAL_OFFLINE);
      case REPLACED -> {
        if (attempts++ < MAX_ATTEMPTS) {
          stop();
        } else {
          fail(Code.TERMINAL_OFFLINE);
        }
      }
    }
  }

  private void closeAnswered(CommandOutcome outcome) {
    switch (outcome) {
      case ACCEPTED, REFUSED, SILENT -> owesClose = false;
      case NOT_SENT, LOST -> {}
      case REPLACED -> {
        if (attempts++ < MAX_ATTEMPTS) {
          close();
        }
      }
    }
    settleIfStopped();
  }

  void media(MediaPresence now) {
    media = now;
    switch (phase) {
      case REQUESTED -> mediaAwaited();
      case LIVE -> {
        if (media == MediaPresence.NONE) {
          broken();
        } else if (media == MediaPresence.STARTED) {
          awaitCodec(); // The stream ended and began anew.
        }
      }
      case GRACE -> {
        if (media == MediaPresence.NONE) {
          stop();
        }
      }
      case STOPPING -> settleIfStopped();
      case BACKOFF -> {
        if (media == MediaPresence.PICTURE && wanted()) {
          becomeLive();
        }
      }
      case IDLE -> {}
    }
  }

  private void mediaAwaited() {
    if (media == MediaPresence.PICTURE) {
      becomeLive();
    } else if (media != MediaPresence.NONE && timerKind != ChannelTimer.CODEC) {
      start(ChannelTimer.CODEC, timing.codec());
    } else if (media == MediaPresence.NONE && !asked()) {
      ask(); // What came by itself broke off before anything could be shown.
    }
  }

  private void awaitCodec() {
    phase = ChannelPhase.REQUESTED;
    start(ChannelTimer.CODEC, timing.codec());
  }

  /** Media that somebody wants ended. */
  private void broken() {
    if (timerKind == ChannelTimer.PROOF) {
      failures++;
      lastFailure = Code.NO_MEDIA;
    }
    if (owesClose) {
      stop();
    } else {
      ask();
    }
  }

  void timerFired(long number) {
    if (number != timer) {
      return;
    }
    ChannelTimer fired = timerKind;
    timer = 0;
    timerKind = ChannelTimer.NONE;
    switch (fired) {
      case NONE -> {}
      case ANSWER -> answered(command, CommandOutcome.SILENT);
      case MEDIA -> fail(Code.NO_MEDIA);
      case REFUSAL -> fail(Code.TERMINAL_REFUSED);
      case CODEC -> {
        if (media == MediaPresence.SOUND) {
          becomeLive();
        } else {
          fail(Code.NO_MEDIA);
        }
      }
      case PROOF -> failures = 0;
      case GRACE -> stop();
      case STOP -> {
        if (command != 0) {
          command = 0;
          owesClose = false;
        }
        if (media != MediaPresence.NONE) {
          effects.add(new ChannelEffect.CutMedia());
        }
        start(ChannelTimer.SETTLE, timing.settle());
      }
      case SETTLE -> stopped();
      case BACKOFF -> tryAgain();
    }
  }

  private void tryAgain() {
    if (wanted() && owesClose) {
      stop();
    } else if (wanted()) {
      ask();
    } else {
      rest();
    }
  }

  void terminalOnline() {
    switch (phase) {
      case BACKOFF -> {
        failures = 0;
        if (owesClose) {
          stop();
        } else {
          tryAgain();
        }
      }
      case IDLE -> {
        if (owesClose) {
          stop();
        }
      }
      case STOPPING -> {
        if (owesClose && command == 0) {
          close();
        }
      }
      case REQUESTED, LIVE, GRACE -> {}
    }
  }

  void budgetSpent() {
    boolean spends =
        switch (phase) {
          case REQUESTED, LIVE, GRACE, BACKOFF -> asked() || phase == ChannelPhase.BACKOFF;
          case IDLE, STOPPING -> false;
        };
    if (!spends || exemptWaiting + exemptGranted > 0) {
      return;
    }
    endFor(Code.DATA_BUDGET_EXCEEDED);
  }

  void serverStopping() {
    endFor(Code.SERVER_STOPPING);
  }

  /** Nobody gets it any more, whoever wants it. */
  private void endFor(Code reason) {
    refuse(reason);
    if (granted > 0) {
      granted = 0;
      exemptGranted = 0;
      effects.add(new ChannelEffect.Revoke(reason));
    }
    failures = 0;
    if (phase == ChannelPhase.STOPPING) {
      return;
    } else if (asked()) {
      stop();
    } else {
      rest();
    }
  }

  private boolean wanted() {
    return waiting + granted > 0;
  }

  /** Whether the terminal was asked and may send because of that. */
  private boolean asked() {
    return owesClose || (phase == ChannelPhase.REQUESTED && command != 0);
  }

  private void ask() {
    phase = ChannelPhase.REQUESTED;
    command = ++lastNumber;
    effects.add(new ChannelEffect.Ask(command));
    start(ChannelTimer.ANSWER, timing.answer().plus(timing.refusal()));
    mediaAwaited();
  }

  private void becomeLive() {
    owesClose |= phase == ChannelPhase.REQUESTED && command != 0;
    attempts = 0;
    grant();
    if (wanted()) {
      phase = ChannelPhase.LIVE;
      start(ChannelTimer.PROOF, timing.media());
    } else if (owesClose) {
      phase = ChannelPhase.GRACE;
      start(ChannelTimer.GRACE, timing.grace());
    } else {
      rest();
    }
  }

  private void grant() {
    if (waiting > 0) {
      granted += waiting;
      exemptGranted += exemptWaiting;
      waiting = 0;
      exemptWaiting = 0;
      effects.add(new ChannelEffect.Grant());
    }
  }

  private void fail(Code code) {
    refuse(code);
    failures++;
    lastFailure = code;
    if (asked()) {
      stop();
    } else {
      backOff();
    }
  }

  private void refuse(Code code) {
    if (waiting > 0) {
      waiting = 0;
      exemptWaiting = 0;
      effects.add(new ChannelEffect.Refuse(code));
    }
  }

  private void stop() {
    phase = ChannelPhase.STOPPING;
    owesClose = true;
    close();
  }

  private void close() {
    command = ++lastNumber;
    effects.add(new ChannelEffect.Close(command));
    start(ChannelTimer.STOP, timing.stop().plus(timing.answer()));
  }

  private void settleIfStopped() {
    if (command == 0 && timerKind == ChannelTimer.STOP) {
      if (media == MediaPresence.NONE) {
        start(ChannelTimer.SETTLE, timing.settle());
      } else {
        start(ChannelTimer.STOP, timing.stop());
      }
    }
  }

  private void stopped() {
    if (media == MediaPresence.PICTURE && wanted()) {
      // It does not obey, so it will have to be told once more.
      owesClose = true;
      becomeLive();
    } else if (owesClose && attempts++ < MAX_ATTEMPTS) {
      close();
    } else if (owesClose) {
      // Asked again without having been told to stop, some terminals send nothing.
      refuse(Code.TERMINAL_OFFLINE);
      failures++;
      lastFailure = Code.TERMINAL_OFFLINE;
      backOff();
    } else if (waiting > 0) {
      ask();
    } else if (failures > 0) {
      backOff();
    } else if (granted > 0) {
      ask();
    } else {
      rest();
    }
  }

  private void backOff() {
    attempts = 0;
    if (!wanted() && lastFailure == Code.TERMINAL_OFFLINE) {
      rest(); // Asking again costs nothing while it is not connected.
      return;
    }
    phase = ChannelPhase.BACKOFF;
    start(ChannelTimer.BACKOFF, timing.backoff(failures));
  }

  private void rest() {
    phase = ChannelPhase.IDLE;
    attempts = 0;
    failures = 0;
    if (timer != 0) {
      timer = 0;
      timerKind = ChannelTimer.NONE;
      effects.add(new ChannelEffect.StopTimer());
    }
  }

  private void start(ChannelTimer kind, Duration after) {
    timer = ++lastNumber;
    timerKind = kind;
    effects.add(new ChannelEffect.StartTimer(timer, kind, after));
  }
}
