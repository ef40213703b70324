package io.roadcast.jtt.live;

/** What became of a wish to pause, resume or switch a channel. */
public enum ControlResult {
  DONE,
  /** It does not send because it was asked to. */
  NOT_LIVE,
  /** Both qualities of the channel are live, and terminals do not tell them apart. */
  OTHER_QUALITY_BUSY,
  REFUSED,
  /** The terminal did not answer in time. */
  SILENT,
  OFFLINE;

  static ControlResult of(CommandOutcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> DONE;
      case REFUSED -> REFUSED;
      case SILENT -> SILENT;
      case NOT_SENT, LOST, REPLACED -> OFFLINE;
    };
  }
}
