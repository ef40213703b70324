package io.roadcast.bench.janus;

import io.roadcast.bench.viewer.LoadReport;

/**
 * What one server did in one round.
 *
 * @param cpuNanosPerPacket user and system time of the whole server per packet that a viewer got
 * @param cores of which the server used that much
 * @param residentMegabytes at the end of the round
 * @param account what the server says itself; may be empty
 * @param threads what its threads used
 * @param viewers what they saw
 */
record Sample(
    String server,
    int count,
    double cpuNanosPerPacket,
    double cores,
    double residentMegabytes,
    String account,
    String threads,
    LoadReport viewers) {
  static final String HEADING =
      "viewers server    packets/s  bytes  loss %   ns/packet  cores    RSS MB"
          + "  first packet p50/p99 ms  last packet p50/p99 ms  client cores";

  double lossPercent() {
    long lost = viewers.packets().lost() + viewers.packets().missing();
    return 100.0 * lost / Math.max(1, lost + viewers.packets().received());
  }

  String line() {
    return "%7d %-9s %9.0f  %5.0f  %6.3f  %10.0f  %5.2f  %8.0f  %11.1f / %-9.1f  %11.1f / %-9.1f  %6.2f%s%s"
        .formatted(
            count,
            server,
            viewers.packetsPerSecond(),
            viewers.megabitsPerSecond() * 125_000 / viewers.packetsPerSecond(),
            lossPercent(),
            cpuNanosPerPacket,
            cores,
            residentMegabytes,
            viewers.firstPacketDelayMicros().median() / 1e3,
            viewers.firstPacketDelayMicros().percentile99() / 1e3,
            viewers.lastPacketDelayMicros().median() / 1e3,
            viewers.lastPacketDelayMicros().percentile99() / 1e3,
            viewers.cpuCores(),
            viewers.connected() == count ? "" : "  connected " + viewers.connected(),
            account.isEmpty() ? "" : "  " + account);
  }
}
