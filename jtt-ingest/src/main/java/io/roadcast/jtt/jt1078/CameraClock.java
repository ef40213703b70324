package io.roadcast.jtt.jt1078;

import io.roadcast.sfu.router.Stream;

/**
 * How long pictures take from the camera to here, where the camera's clock allows to tell: where
 * its stamps are milliseconds since 1970, of UTC or of a time zone, on a clock that is about right.
 * Many cameras count from any origin; of those nothing is said. Used by one thread.
 */
final class CameraClock {
  /** Not known. */
  static final long UNKNOWN = -1;

  private static final long QUARTER_HOUR_MILLIS = 15 * 60 * 1000;
  private static final long MAX_ZONE_MILLIS = 14 * 3_600_000L;

  /** A clock may be ahead by so little. */
  private static final long MAX_AHEAD_MILLIS = 100;

  /** A later picture is taken for one with a wrong clock. */
  private static final long MAX_DELAY_MILLIS = 10_000;

  /** So many pictures in a row must agree. */
  private static final int PROOF = 25;

  private static final int SMOOTHING = 16;

  private int agreeing;
  private double mean;
  private long zoneMillis;

  /**
   * A picture is complete.
   *
   * @param deviceMillis its stamp
   * @param epochMillis now
   */
  void picture(long deviceMillis, long epochMillis) {
    long difference = epochMillis - deviceMillis;
    long steps = Math.floorDiv(difference + MAX_AHEAD_MILLIS, QUARTER_HOUR_MILLIS);
    long zone = steps * QUARTER_HOUR_MILLIS;
    long delay = difference - zone;
    if (Math.abs(zone) > MAX_ZONE_MILLIS || delay > MAX_DELAY_MILLIS) {
      agreeing = 0;
      return;
    }
    zoneMillis = zone;
    mean = agreeing == 0 ? delay : mean + (delay - mean) / SMOOTHING;
    agreeing = Math.min(agreeing + 1, PROOF);
  }

  /** From the camera's stamp until the picture was complete here, lately; or {@link #UNKNOWN}. */
  long delayMillis() {
    return agreeing < PROOF ? UNKNOWN : Math.max(0, Math.round(mean));
  }

  /**
   * What to add to the repaired time of the newest picture for microseconds since 1970, UTC, by the
   * camera's clock; {@link Stream#UNKNOWN_CAPTURE} where that does not tell.
   *
   * @param deviceMillis the picture's stamp
   */
  long epochOffsetMicros(long deviceMillis, long timeMicros) {
    return agreeing < PROOF
        ? Stream.UNKNOWN_CAPTURE
        : (deviceMillis + zoneMillis) * 1000 - timeMicros;
  }
}
