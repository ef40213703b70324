package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.signaling.SignalingServer;
import io.roadcast.signaling.SignalingStatistics;
import io.roadcast.signaling.http.ViewingHistograms;

/** The API's clients. Requests by route are counted by {@link Metrics}. */
public final class SignalingMetrics implements MultiCollector {
  private final SignalingServer signaling;

  public SignalingMetrics(SignalingServer signaling) {
    this.signaling = signaling;
  }

  @Override
  public MetricSnapshots collect() {
    SignalingStatistics now = signaling.statistics();
    Samples samples = new Samples();
    samples.gauge("websockets", "Open WebSockets", now.webSocketConnections());
    samples.counter(
        "websockets_too_slow", "Closed because the client did not read", now.slowClients());
    samples.counter(
        "http_authentication_failures", "Requests with a wrong token", now.failedAuthentications());
    samples.counter(
        "whep_rate_limited", "Viewings refused because of their rate", now.rateLimited());
    viewings(samples, signaling.viewings());
    return samples.snapshots();
  }

  private static void viewings(Samples samples, ViewingHistograms over) {
    for (ViewingHistograms.Count each : over.counts()) {
      samples.counter(
          "viewings",
          "Viewings that had media and are over",
          each.viewings(),
          "codec",
          each.codec(),
          "path",
          each.path());
    }
    for (ViewingHistograms.Named each : over.histograms()) {
      each.byPath()
          .forEach(
              (path, values) -> samples.histogram(each.name(), each.help(), values, "path", path));
    }
  }
}
