package io.roadcast.jtt.live;

import io.roadcast.sfu.router.StreamId;

/** Hears of channels of terminals. Must not block. */
@FunctionalInterface
public interface ChannelListener {
  /**
   * It came into another phase or failed; that viewers came or went alone is not told. In order for
   * each channel, on any thread.
   */
  void changed(StreamId channel, ChannelStatus status);
}
