package io.roadcast.bench.viewer;

/**
 * What the last sender report of a track said (RFC 3550, section 6.4.1).
 *
 * @param epochMicros wall clock, microseconds since 1970
 * @param timestamp the RTP time of that moment, 32 bits
 * @param clockRate RTP ticks per second
 * @param reports how many reports there were
 */
public record ClockMapping(long epochMicros, int timestamp, int clockRate, long reports) {
  /** The wall clock time of an RTP time near the report's. */
  public long epochMicrosOf(int rtpTimestamp) {
    return epochMicros + (rtpTimestamp - timestamp) * 1_000_000L / clockRate;
  }
}
