package io.roadcast.sfu.router;

import java.time.Duration;

/**
 * @param maxStreams streams that may be live or in their grace time at once
 * @param grace how long a stream's viewers are kept when its publisher went away
 * @param maxGopBytes a group of pictures with more payload than this is not cached: who joins then
 *     waits for the next keyframe
 * @param maxGopBlocks the same for its number of blocks, those of sound included
 */
public record RouterConfig(int maxStreams, Duration grace, int maxGopBytes, int maxGopBlocks) {
  public RouterConfig {
    if (maxStreams < 1 || maxGopBytes < 1 || maxGopBlocks < 1 || grace.isNegative()) {
      throw new IllegalArgumentException("router limits are positive");
    }
  }
}
