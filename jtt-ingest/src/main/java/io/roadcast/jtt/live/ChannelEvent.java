package io.roadcast.jtt.live;

/** What happens to a channel. */
sealed interface ChannelEvent {
  /**
   * Somebody wants it.
   *
   * @param wish counts while it lasts
   * @param affordable whether the data budget allows for asking the terminal
   */
  record Joined(Wish wish, boolean affordable) implements ChannelEvent {}

  /**
   * Somebody who joined no longer wants it.
   *
   * @param granted whether that one was told that it is live
   */
  record Left(Wish wish, boolean granted) implements ChannelEvent {}

  /** A command was answered, or will never be. */
  record Answered(long number, CommandOutcome outcome) implements ChannelEvent {}

  record Media(MediaPresence presence) implements ChannelEvent {}

  record TimerFired(long number) implements ChannelEvent {}

  /** All who have it look away, or it was paused for all of them. */
  record Held() implements ChannelEvent {}

  /** Somebody looks again. */
  record Released() implements ChannelEvent {}

  /** The terminal has a new connection. */
  record TerminalOnline() implements ChannelEvent {}

  /** The terminal has used up its data budget. */
  record BudgetSpent() implements ChannelEvent {}

  /** The server stops. */
  record ServerStopping() implements ChannelEvent {}

  /** What sort of wish it is. */
  enum Wish {
    ORDINARY,
    /** Not bound by the data budget. */
    EXEMPT
  }
}
