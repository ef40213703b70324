package io.roadcast.sfu.whep;

import java.time.Duration;

/**
 * How long is waited before a stream is asked for again: twice as long each time, from the first to
 * the longest.
 */
public record RetryDelays(Duration first, Duration longest) {
  public static final RetryDelays USUAL =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(30));
}
