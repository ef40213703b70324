package io.roadcast.jtt.live;

import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;

/** What is to be done about an event, in order. */
sealed interface ChannelEffect {
  /** Ask the terminal for media (0x9101). Answered under this number. */
  record Ask(long number) implements ChannelEffect {}

  /** Tell the terminal to stop (0x9102, command 0). Answered under this number. */
  record Close(long number) implements ChannelEffect {}

  /**
   * Tell the terminal to send nothing for a while (0x9102, command 2). Answered under this number.
   */
  record Pause(long number) implements ChannelEffect {}

  /** Tell the terminal to send again (0x9102, command 3). Answered under this number. */
  record Resume(long number) implements ChannelEffect {}

  /** Close the media connection: the terminal did not. */
  record CutMedia() implements ChannelEffect {}

  /** Replaces the timer that runs, if any. */
  record StartTimer(long number, ChannelTimer timer, Duration after) implements ChannelEffect {}

  record StopTimer() implements ChannelEffect {}

  /** Tell all who wait that it is live. */
  record Grant() implements ChannelEffect {}

  /** Tell all who wait that it will not be. */
  record Refuse(Code code) implements ChannelEffect {}

  /** Tell the one that just joined that it will not be; it does not count. */
  record TurnAway(Code code) implements ChannelEffect {}

  /** Those who were told that it is live have it no longer. */
  record Revoke(Code code) implements ChannelEffect {}
}
