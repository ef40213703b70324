package io.roadcast.jtt.live;

import io.roadcast.jtt.live.ChannelEvent.Wish;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.util.Objects;

/** One step of a {@link ChannelMachine} in the making. */
final class Transition extends ChannelDraft {
  /** A terminal that connects anew again and again is given up. */
  private static final int MAX_ATTEMPTS = 2;

  Transition(ChannelState from, LiveTiming timing) {
    super(from, timing);
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
      case LIVE -> {
        grant();
        released();
      }
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
      case REQUESTED -> false;
      case LIVE -> paused;
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
      case LIVE, GRACE -> pauseAnswered(outcome);
      case IDLE, BACKOFF -> {}
    }
  }

  /** Or resumption; what is said to an early request that is live by now means nothing. */
  private void pauseAnswered(CommandOutcome outcome) {
    if (timerKind == ChannelTimer.RESUME) {
      if (outcome == CommandOutcome.ACCEPTED) {
        start(ChannelTimer.PROOF, timing.media());
      } else {
        stop(); // It has to be asked anew, as if it had broken off.
      }
    } else if (outcome != CommandOutcome.ACCEPTED) {
      paused = false; // It goes on sending.
    }
  }

  /** Whoever has it looks away. Only what was asked for is paused. */
  void held() {
    if (phase == ChannelPhase.LIVE && owesClose && !paused) {
      paused = true;
      command = ++lastNumber;
      effects.add(new ChannelEffect.Pause(command));
    }
  }

  void released() {
    if (phase == ChannelPhase.LIVE && paused) {
      paused = false;
      command = ++lastNumber;
      effects.add(new ChannelEffect.Resume(command));
      start(ChannelTimer.RESUME, timing.answer().plus(timing.refusal()));
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
        if (media == MediaPresence.NONE && paused) {
          endFor(Code.NO_MEDIA); // Nobody looks, so it is not asked for again.
        } else if (media == MediaPresence.NONE) {
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
    paused = false;
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
      case RESUME -> stop();
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
      released();
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
    paused = false;
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
    paused = false;
    attempts = 0;
    failures = 0;
    if (timer != 0) {
      timer = 0;
      timerKind = ChannelTimer.NONE;
      effects.add(new ChannelEffect.StopTimer());
    }
  }
}
