package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.jtt.jt1078.CloseReason;
import io.roadcast.jtt.jt1078.DropReason;
import io.roadcast.jtt.jt1078.IngestStatistics;
import io.roadcast.jtt.jt1078.Jt1078Server;
import io.roadcast.sfu.router.Quality;
import java.util.List;

/** What comes in from terminals, for each port. */
public final class IngestMetrics implements MultiCollector {
  private record Port(String label, Jt1078Server server) {}

  private final List<Port> ports;

  public IngestMetrics(Jt1078Server main, Jt1078Server sub) {
    ports = List.of(new Port(Quality.MAIN.label(), main), new Port(Quality.SUB.label(), sub));
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    for (Port port : ports) {
      collect(samples, port.label, port.server);
    }
    return samples.snapshots();
  }

  private static void collect(Samples samples, String port, Jt1078Server server) {
    IngestStatistics statistics = server.statistics();
    samples.gauge(
        "ingest_connections_open",
        "TCP connections and UDP flows of terminals now",
        server.connectionCount(),
        "port",
        port);
    samples.counter(
        "ingest_connections", "Since the start", statistics.connections(), "port", port);
    samples.counter(
        "ingest_packets", "JT/T 1078 packets taken in", statistics.packets(), "port", port);
    samples.counter("ingest_bytes", "Bytes of those packets", statistics.bytes(), "port", port);
    samples.counter(
        "ingest_skipped_bytes",
        "Bytes that belonged to no packet",
        statistics.skippedBytes(),
        "port",
        port);
    samples.counter(
        "ingest_gaps",
        "Places where sequence numbers are missing",
        statistics.gaps(),
        "port",
        port);
    samples.counter(
        "ingest_lost_packets", "Missing sequence numbers", statistics.lostPackets(), "port", port);
    samples.counter(
        "ingest_timestamp_repairs",
        "How often a terminal's clock jumped or stood still",
        statistics.timestampRepairs(),
        "port",
        port);
    for (DropReason reason : DropReason.values()) {
      samples.counter(
          "ingest_dropped",
          "What came in and was not used",
          statistics.dropped(reason),
          "port",
          port,
          "reason",
          reason.label());
    }
    for (CloseReason reason : CloseReason.values()) {
      samples.counter(
          "ingest_connections_closed",
          "Connections that ended or were refused",
          statistics.closed(reason),
          "port",
          port,
          "reason",
          reason.label());
    }
  }
}
