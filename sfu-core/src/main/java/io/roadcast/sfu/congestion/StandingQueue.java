package io.roadcast.sfu.congestion;

/**
 * How long packets wait on the path: what they take now above the least that they took in the last
 * minute. The delay trend only sees a queue grow; one that stands, such as a first burst leaves in
 * a long buffer, would make every picture late for good.
 */
final class StandingQueue {
  private static final long HALF_MINUTE_MICROS = 30_000_000;

  private long least = Long.MAX_VALUE;
  private long leastBefore = Long.MAX_VALUE;
  private long begun = Long.MIN_VALUE;
  private long leastOfReport = Long.MAX_VALUE;

  /** A packet came; the two clocks need not agree. */
  void add(long sentMicros, long arrivedMicros) {
    if (begun == Long.MIN_VALUE || sentMicros - begun > HALF_MINUTE_MICROS) {
      leastBefore = least;
      least = Long.MAX_VALUE;
      begun = sentMicros;
    }
    long way = arrivedMicros - sentMicros;
    least = Math.min(least, way);
    leastOfReport = Math.min(leastOfReport, way);
  }

  /** Of the packet that waited least since this was asked last; 0 if none came. */
  long takeMicros() {
    long taken = leastOfReport;
    leastOfReport = Long.MAX_VALUE;
    return taken == Long.MAX_VALUE ? 0 : taken - Math.min(least, leastBefore);
  }
}
