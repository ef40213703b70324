package io.roadcast.sfu.tcp;

import java.util.Map;

/**
 * What became of the connections of viewers so far.
 *
 * @param open now
 * @param dropped packets that came in and were dropped because a worker had too much to do
 * @param ends how many were closed, by reason
 */
public record TcpStatistics(int open, long dropped, Map<ConnectionEnd, Long> ends) {
  public TcpStatistics {
    ends = Map.copyOf(ends);
  }

  /** Of a server that takes no connections. */
  public static TcpStatistics none() {
    return new TcpStatistics(0, 0, Map.of());
  }
}
