package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.StreamId;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What the media ports know of terminals. Called on connections' event loops; must not block. */
@FunctionalInterface
public interface ExpectedTerminals {
  /**
   * Whether the terminal is online or was asked for media; settles ambiguous ids. Compared by
   * {@link TerminalId#digits()}.
   */
  boolean expects(TerminalId terminal);

  /**
   * The digits that the terminal's streams are named by. Media packets of some carry another id
   * than their signalling.
   */
  default String nameOf(TerminalId terminal) {
    return terminal.digits();
  }

  /**
   * What the bytes of a channel's media packets are added to.
   *
   * @param channel of the terminal that {@link #nameOf} names
   */
  default LongAdder trafficOf(StreamId channel) {
    return new LongAdder();
  }

  /**
   * What a channel's media is added up in, over all its connections.
   *
   * @param channel of the terminal that {@link #nameOf} names
   */
  default UplinkTotals totalsOf(StreamId channel) {
    return new UplinkTotals();
  }

  /** Whether the terminal was told to send nothing of this channel for a while. */
  default boolean paused(StreamId channel) {
    return false;
  }

  /** What the terminal has said of its sound. */
  default ExpectedSound soundExpectedOf(StreamId channel) {
    return ExpectedSound.UNKNOWN;
  }

  /**
   * The codec of a terminal's sound where what its packets say is known to be wrong.
   *
   * @param name as {@link #nameOf} says
   */
  default Optional<Codec> soundOf(String name) {
    return Optional.empty();
  }

  /** Expects nobody in particular. */
  static ExpectedTerminals unknown() {
    return terminal -> false;
  }
}
