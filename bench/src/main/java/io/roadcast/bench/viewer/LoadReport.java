package io.roadcast.bench.viewer;

import java.util.Map;

/**
 * What a load run found. Rates and CPU are those of the measurement, counts those of the viewers'
 * whole life; times are in milliseconds.
 *
 * @param viewers wanted
 * @param connected of these, at the end
 * @param failures reasons of the others, with how often
 * @param seconds measured
 * @param cpuMicrosPerPacket CPU of the receiving thread per datagram
 * @param cpuCores CPU of the receiving thread per time
 * @param framesPerViewer complete pictures per viewer and second
 */
public record LoadReport(
    int viewers,
    int connected,
    Map<String, Integer> failures,
    double seconds,
    double packetsPerSecond,
    double megabitsPerSecond,
    double cpuMicrosPerPacket,
    double cpuCores,
    Packets packets,
    Frames frames,
    Spread framesPerViewer,
    Spread answerMillis,
    Spread connectedMillis,
    Spread firstPacketMillis,
    Spread firstKeyframeMillis,
    DelayStatistics frameSpreadMicros,
    DelayStatistics firstPacketDelayMicros,
    DelayStatistics lastPacketDelayMicros) {

  /** Sums over all viewers and tracks; see {@link PacketStatistics} and TransportStatistics. */
  public record Packets(
      long received,
      long gaps,
      long lost,
      long missing,
      long duplicates,
      long reordered,
      long repaired,
      long wrongRepairs,
      long unauthentic,
      long replayed,
      long malformed,
      long strays) {}

  /** Sums over all viewers; pictures only. */
  public record Frames(long complete, long keyframes, long damaged) {}

  /** Least, middle and greatest of the viewers' values; all 0 if there were none. */
  public record Spread(double least, double median, double percentile95, double greatest) {}

  /** Whether every viewer was connected to the end and nothing was lost. */
  public boolean clean() {
    return connected == viewers
        && packets.received() > 0
        && packets.lost() == 0
        && packets.missing() == 0
        && packets.wrongRepairs() == 0;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d of %d viewers, %.1f s: %.0f packets/s, %.1f Mbit/s%n"
            .formatted(connected, viewers, seconds, packetsPerSecond, megabitsPerSecond));
    failures.forEach(
        (reason, times) -> text.append("  failed: %s (%d)%n".formatted(reason, times)));
    text.append(
        "packets    received %d, gaps %d, repaired %d, lost %d, duplicates %d, reordered %d%n"
            .formatted(
                packets.received(),
                packets.gaps(),
                packets.repaired(),
                packets.lost() + packets.missing(),
                packets.duplicates(),
                packets.reordered()));
    text.append(
        "refused    unauthentic %d, replayed %d, malformed %d, strays %d, wrong repairs %d%n"
            .formatted(
                packets.unauthentic(),
                packets.replayed(),
                packets.malformed(),
                packets.strays(),
                packets.wrongRepairs()));
    text.append(
        "pictures   complete %d, keyframes %d, damaged %d; per viewer and second %.1f (least %.1f)%n"
            .formatted(
                frames.complete(),
                frames.keyframes(),
                frames.damaged(),
                framesPerViewer.median(),
                framesPerViewer.least()));
    line(text, "answer", answerMillis);
    line(text, "connected", connectedMillis);
    line(text, "first packet", firstPacketMillis);
    line(text, "keyframe", firstKeyframeMillis);
    line(text, "first packet of a frame, late by", firstPacketDelayMicros);
    line(text, "last packet of a frame, late by", lastPacketDelayMicros);
    line(text, "first to last packet", frameSpreadMicros);
    text.append(
        "this side  %.2f us of CPU per packet, %.2f cores%n"
            .formatted(cpuMicrosPerPacket, cpuCores));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Spread spread) {
    text.append(
        "%-10s median %.0f ms, p95 %.0f ms, max %.0f ms%n"
            .formatted(name, spread.median(), spread.percentile95(), spread.greatest()));
  }

  private static void line(StringBuilder text, String name, DelayStatistics delay) {
    text.append(
        "%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms%n"
            .formatted(
                name,
                delay.median() / 1e3,
                delay.percentile95() / 1e3,
                delay.percentile99() / 1e3,
                delay.max() / 1e3));
  }
}
