package io.roadcast.jtt.live;

import java.time.Duration;

/**
 * How long a channel waits for what.
 *
 * @param answer for the terminal's answer to a command
 * @param media for media after the acknowledgement
 * @param refusal for media after a refusal
 * @param grace a stream that nobody wants any more is kept
 * @param stop for media to end after the close
 * @param settle between a close and the next request
 * @param firstBackoff after the first failure; doubled with each further one
 * @param longestBackoff and no longer
 */
public record LiveTiming(
    Duration answer,
    Duration media,
    Duration refusal,
    Duration grace,
    Duration stop,
    Duration settle,
    Duration firstBackoff,
    Duration longestBackoff) {

  private static final Duration PICTURE_MAY_FOLLOW = Duration.ofSeconds(6);

  /** With the usual times besides those that are configured. */
  public static LiveTiming of(Duration answer, Duration media, Duration grace) {
    return new LiveTiming(
        answer,
        media,
        Duration.ofSeconds(2),
        grace,
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30));
  }

  /**
   * For a codec after the first media. A stream is taken for one of sound alone only when a picture
   * has had this long to follow.
   */
  Duration codec() {
    return media.compareTo(PICTURE_MAY_FOLLOW) < 0 ? PICTURE_MAY_FOLLOW : media;
  }

  Duration backoff(int failures) {
    long factor = 1L << Math.clamp(failures - 1L, 0, 20);
    Duration grown = firstBackoff.multipliedBy(factor);
    return grown.compareTo(longestBackoff) < 0 ? grown : longestBackoff;
  }
}
