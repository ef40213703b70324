package io.roadcast.jtt.live;

import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.util.function.Consumer;

/**
 * What is said to terminals about their channels. Nothing here blocks; an answer comes once, on any
 * thread, also during the call.
 */
interface ChannelCommands {
  /** Whether the terminal is connected. */
  boolean reachable(String terminal);

  /** Asks for media (0x9101). */
  void ask(StreamId channel, Consumer<CommandOutcome> answer);

  /** Ends all media of the channel (0x9102, command 0). */
  void close(StreamId channel, Consumer<CommandOutcome> answer);

  /** Sends nothing for a while (0x9102, command 2). */
  void pause(StreamId channel, Consumer<CommandOutcome> answer);

  /** Sends again (0x9102, command 3). */
  void resume(StreamId channel, Consumer<CommandOutcome> answer);

  /** Sends this encoding instead of the other one (0x9102, command 1). */
  void switchTo(StreamId channel, Quality encoding, Consumer<CommandOutcome> answer);

  /** Closes the connection that the channel's media come on. */
  void cutMedia(StreamId channel);
}
