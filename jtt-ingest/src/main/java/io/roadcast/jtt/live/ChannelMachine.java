package io.roadcast.jtt.live;

import java.util.List;

/** What happens to a channel next: a pure function of its state and an event. */
final class ChannelMachine {
  /** The new state, and what is to be done, in order. */
  record Step(ChannelState state, List<ChannelEffect> effects) {}

  private final LiveTiming timing;

  ChannelMachine(LiveTiming timing) {
    this.timing = timing;
  }

  Step step(ChannelState state, ChannelEvent event) {
    Transition transition = new Transition(state, timing);
    switch (event) {
      case ChannelEvent.Joined joined -> transition.joined(joined);
      case ChannelEvent.Left left -> transition.left(left);
      case ChannelEvent.Answered(long number, CommandOutcome outcome) ->
          transition.answered(number, outcome);
      case ChannelEvent.Media(MediaPresence presence) -> transition.media(presence);
      case ChannelEvent.TimerFired(long number) -> transition.timerFired(number);
      case ChannelEvent.Held held -> transition.held();
      case ChannelEvent.Released released -> transition.released();
      case ChannelEvent.TerminalOnline online -> transition.terminalOnline();
      case ChannelEvent.BudgetSpent spent -> transition.budgetSpent();
      case ChannelEvent.ServerStopping stopping -> transition.serverStopping();
    }
    return transition.finish();
  }
}
