package io.roadcast.sfu.udp;

/**
 * Which RTP times the cached pictures get that a joining viewer is sent. Live pictures always keep
 * their own.
 */
interface ReplayTiming {
  /**
   * The newest cached picture keeps its live time, each older one gets 90 ticks (1 ms) less than
   * the one after it: the browser's jitter estimate stays small, and it never sees seconds of time
   * within milliseconds.
   */
  ReplayTiming ONE_MILLISECOND =
      (ownTicks, newestTicks, picturesBehind) -> newestTicks - picturesBehind * 90L;

  /** Own times, for recordings and clients that insist. */
  ReplayTiming ORIGINAL = (ownTicks, newestTicks, picturesBehind) -> ownTicks;

  /**
   * All in 90 kHz ticks, unwrapped, without the viewer's offset.
   *
   * @param ownTicks the picture's own time
   * @param newestTicks the newest cached picture's own time
   * @param picturesBehind how many cached pictures follow this one; 0 for the newest
   */
  long ticks(long ownTicks, long newestTicks, int picturesBehind);
}
