package io.roadcast.events;

/** What comes in: an event, an end of one, or all conditions of a moment. */
public sealed interface Reported permits EventReport, LevelReport {
  /** Digits without leading zeros. */
  String terminal();
}
