package io.roadcast.signaling.fleet;

import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.jtt.position.Position;
import io.roadcast.sfu.router.StreamId;
import java.util.Optional;
import java.util.Set;

/**
 * How terminals are at this moment, which no table says. Answers at once, on any thread. Terminals
 * are named by their digits without leading zeros, as in stream ids.
 */
public interface TerminalStates {
  /** Those that are connected. */
  Set<String> online();

  /** The edition of JT/T 808 that a terminal speaks, such as "2019"; empty if it is offline. */
  Optional<String> protocol(String terminal);

  /** Where a terminal last was. */
  Optional<Position> position(String terminal);

  /** What is being done to have a channel's stream. */
  ChannelStatus channel(StreamId id);

  /** The numbers of the channels that are not idle, in ascending order. */
  Set<Integer> busyChannels(String terminal);

  /** Nobody is connected. */
  static TerminalStates none() {
    return new TerminalStates() {
      @Override
      public Set<String> online() {
        return Set.of();
      }

      @Override
      public Optional<String> protocol(String terminal) {
        return Optional.empty();
      }

      @Override
      public Optional<Position> position(String terminal) {
        return Optional.empty();
      }

      @Override
      public ChannelStatus channel(StreamId id) {
        return ChannelStatus.IDLE;
      }

      @Override
      public Set<Integer> busyChannels(String terminal) {
        return Set.of();
      }
    };
  }
}
