package io.roadcast.jtt.live;

import io.roadcast.sfu.router.StreamUnavailableException.Code;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a channel.
 *
 * @param waiting how many want it and were told nothing yet
 * @param granted how many were told that it is live
 * @param exemptWaiting how many of those who wait the data budget does not bind
 * @param exemptGranted the same of the others
 * @param owesClose whether the terminal was asked, and not told to stop since
 * @param paused whether the terminal was told to pause, and not to go on since
 * @param command the number of the command whose answer is awaited, 0 if none
 * @param timer the number of the timer that runs, 0 if none
 * @param lastNumber the last one that was given to a command or timer
 * @param attempts how often a command was repeated because the connection was replaced
 * @param failures in a row
 * @param lastFailure the reason of the last of them
 */
record ChannelState(
    ChannelPhase phase,
    MediaPresence media,
    int waiting,
    int granted,
    int exemptWaiting,
    int exemptGranted,
    boolean owesClose,
    boolean paused,
    long command,
    long timer,
    ChannelTimer timerKind,
    long lastNumber,
    int attempts,
    int failures,
    @Nullable Code lastFailure) {

  static final ChannelState INITIAL =
      new ChannelState(
          ChannelPhase.IDLE,
          MediaPresence.NONE,
          0,
          0,
          0,
          0,
          false,
          false,
          0,
          0,
          ChannelTimer.NONE,
          0,
          0,
          0,
          null);

  boolean wanted() {
    return waiting + granted > 0;
  }

  /** Whether nothing would be lost if it were forgotten. */
  boolean atRest() {
    return phase == ChannelPhase.IDLE && !wanted() && !owesClose;
  }

  /** Whether the terminal sends because we asked, or is being asked. */
  boolean solicited() {
    return owesClose || (phase == ChannelPhase.REQUESTED && command != 0);
  }
}
