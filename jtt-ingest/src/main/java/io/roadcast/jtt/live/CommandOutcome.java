package io.roadcast.jtt.live;

/** What became of a command to the terminal. */
enum CommandOutcome {
  ACCEPTED,
  REFUSED,
  /** No answer in time. */
  SILENT,
  /** The terminal is not connected. */
  NOT_SENT,
  /** The connection ended before the answer. */
  LOST,
  /** The terminal connected anew before the answer. */
  REPLACED
}
