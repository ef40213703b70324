package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.recorder.catalog.Tiering;

/** What went to the object store. */
public final class TieringMetrics implements MultiCollector {
  private final Tiering tiering;

  public TieringMetrics(Tiering tiering) {
    this.tiering = tiering;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    samples.counter("recorder_moved_segments", "Segments moved", tiering.moved());
    samples.counter("recorder_moved_bytes", "Bytes sent for it", tiering.sentBytes());
    samples.counter("recorder_move_failures", "Moves that failed", tiering.failures());
    return samples.snapshots();
  }
}
