package io.roadcast.sfu.congestion;

/**
 * Packets that were lost one after the other. A long time of nothing but loss is a viewer in a
 * tunnel, not a path that is too full: it does not count.
 */
final class LostRun {
  private static final long OUTAGE_MICROS = 500_000;

  private int packets;
  private long firstSent;

  void lost(long sentMicros) {
    firstSent = packets == 0 ? sentMicros : firstSent;
    packets++;
  }

  /**
   * A packet came.
   *
   * @return how many were lost before it, outages left out
   */
  int ended(long sentMicros) {
    int counted = packets > 0 && sentMicros - firstSent < OUTAGE_MICROS ? packets : 0;
    packets = 0;
    return counted;
  }
}
