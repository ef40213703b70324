package io.roadcast.bench.viewer;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Sums up the viewers of a load run. */
final class LoadReportWriter {
  private final List<LoadViewerStatistics> viewers;

  LoadReportWriter(List<LoadViewerStatistics> viewers) {
    this.viewers = viewers;
  }

  /** One moment of the receiving side, of which two make a rate. */
  record Reading(long nanos, long datagrams, long bytes, long cpuNanos, List<Long> pictures) {}

  LoadReport write(int wanted, Map<String, Integer> failures, Reading begin, Reading end) {
    double seconds = (end.nanos() - begin.nanos()) / 1e9;
    long datagrams = end.datagrams() - begin.datagrams();
    double cpu = end.cpuNanos() - begin.cpuNanos();
    return new LoadReport(
        wanted,
        (int) viewers.stream().filter(v -> v.state() == LoadViewerState.CONNECTED).count(),
        failures,
        seconds,
        datagrams / seconds,
        (end.bytes() - begin.bytes()) * 8 / seconds / 1e6,
        datagrams == 0 ? 0 : cpu / 1e3 / datagrams,
        cpu / 1e9 / seconds,
        packets(),
        frames(),
        spread(pictureRates(begin, end, seconds)),
        millis(LoadViewerStatistics::answered),
        millis(LoadViewerStatistics::connected),
        millis(LoadViewerStatistics::firstPacket),
        millis(LoadViewerStatistics::firstKeyframe),
        delays(FrameStatistics::spread),
        delays(FrameStatistics::firstPacketDelay),
        delays(FrameStatistics::lastPacketDelay));
  }

  private LoadReport.Packets packets() {
    return new LoadReport.Packets(
        packetSum(PacketStatistics::received),
        packetSum(PacketStatistics::gaps),
        packetSum(PacketStatistics::lost),
        packetSum(PacketStatistics::missing),
        packetSum(PacketStatistics::duplicates),
        packetSum(PacketStatistics::reordered),
        packetSum(PacketStatistics::repaired),
        packetSum(PacketStatistics::wrongRepairs),
        transportSum(TransportStatistics::unauthentic),
        transportSum(TransportStatistics::replayed),
        transportSum(TransportStatistics::malformed),
        transportSum(TransportStatistics::strays));
  }

  private LoadReport.Frames frames() {
    return new LoadReport.Frames(
        pictureSum(FrameStatistics::complete),
        pictureSum(FrameStatistics::keyframes),
        pictureSum(FrameStatistics::damaged));
  }

  private long packetSum(ToLongFunction<PacketStatistics> value) {
    return viewers.stream()
        .flatMap(viewer -> Stream.concat(viewer.video().stream(), viewer.audio().stream()))
        .mapToLong(track -> value.applyAsLong(track.packets()))
        .sum();
  }

  private long transportSum(ToLongFunction<TransportStatistics> value) {
    return viewers.stream().mapToLong(viewer -> value.applyAsLong(viewer.transport())).sum();
  }

  private long pictureSum(ToLongFunction<FrameStatistics> value) {
    return viewers.stream()
        .flatMap(viewer -> viewer.video().stream())
        .mapToLong(track -> value.applyAsLong(track.frames()))
        .sum();
  }

  private DelayStatistics delays(Function<FrameStatistics, DelayHistogram> histogram) {
    DelayHistogram all = new DelayHistogram();
    viewers.stream()
        .flatMap(viewer -> viewer.video().stream())
        .forEach(track -> all.addAll(histogram.apply(track.frames())));
    return all.statistics();
  }

  private LoadReport.Spread millis(Function<LoadViewerStatistics, Optional<Duration>> time) {
    return spread(
        viewers.stream()
            .flatMap(viewer -> time.apply(viewer).stream())
            .mapToDouble(duration -> duration.toNanos() / 1e6)
            .toArray());
  }

  private static double[] pictureRates(Reading begin, Reading end, double seconds) {
    double[] rates = new double[end.pictures().size()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (end.pictures().get(i) - begin.pictures().get(i)) / seconds;
    }
    return rates;
  }

  static LoadReport.Spread spread(double... values) {
    if (values.length == 0) {
      return new LoadReport.Spread(0, 0, 0, 0);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new LoadReport.Spread(
        sorted[0],
        sorted[(sorted.length - 1) / 2],
        sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
        sorted[sorted.length - 1]);
  }
}
