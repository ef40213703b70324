package io.roadcast.server.observe;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.signaling.http.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of one scrape. Names are given without "roadcast_" and, for counters, without
 * "_total"; samples of one name form one metric.
 */
final class Samples {
  private static final double NANOS_PER_SECOND = 1e9;

  private record Key(String name, String help) {}

  private final Map<Key, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
  private final Map<Key, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final Map<Key, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();

  /**
   * @param labels name, value, name, value, …
   */
  void counter(String name, String help, double value, String... labels) {
    counters
        .computeIfAbsent(new Key(name, help), Samples::counterOf)
        .dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build());
  }

  void gauge(String name, String help, double value, String... labels) {
    gauges
        .computeIfAbsent(new Key(name, help), Samples::gaugeOf)
        .dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build());
  }

  /**
   * @param boundsNanos upper bounds, rising; {@link Long#MAX_VALUE} is infinity
   * @param counts of each bucket alone
   */
  void histogram(
      String name,
      String help,
      long[] boundsNanos,
      long[] counts,
      long sumNanos,
      String... labels) {
    List<Double> bounds = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      boolean last = boundsNanos[i] == Long.MAX_VALUE;
      bounds.add(last ? Double.POSITIVE_INFINITY : boundsNanos[i] / NANOS_PER_SECOND);
      values.add(counts[i]);
    }
    histogram(new Key(name, help), bounds, values, sumNanos / NANOS_PER_SECOND, labels);
  }

  void histogram(String name, String help, Distribution.Snapshot values, String... labels) {
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < values.counts().length; i++) {
      boolean last = i == values.bounds().length;
      bounds.add(last ? Double.POSITIVE_INFINITY : values.bounds()[i]);
      counts.add(values.counts()[i]);
    }
    histogram(new Key(name, help), bounds, counts, values.sum(), labels);
  }

  private void histogram(
      Key key, List<Double> bounds, List<Long> counts, double sum, String... labels) {
    histograms
        .computeIfAbsent(key, Samples::histogramOf)
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(sum)
                .labels(Labels.of(labels))
                .build());
  }

  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    counters.values().forEach(metric -> all.metricSnapshot(metric.build()));
    gauges.values().forEach(metric -> all.metricSnapshot(metric.build()));
    histograms.values().forEach(metric -> all.metricSnapshot(metric.build()));
    return all.build();
  }

  private static CounterSnapshot.Builder counterOf(Key key) {
    return CounterSnapshot.builder().name("roadcast_" + key.name).help(key.help);
  }

  private static GaugeSnapshot.Builder gaugeOf(Key key) {
    return GaugeSnapshot.builder().name("roadcast_" + key.name).help(key.help);
  }

  private static HistogramSnapshot.Builder histogramOf(Key key) {
    return HistogramSnapshot.builder().name("roadcast_" + key.name).help(key.help);
  }
}
