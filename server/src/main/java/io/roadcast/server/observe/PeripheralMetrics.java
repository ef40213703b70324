package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.jtt.safety.PeripheralKeeping;

/** What terminals said of their safety peripherals. */
public final class PeripheralMetrics implements MultiCollector {
  private final PeripheralKeeping keeping;

  public PeripheralMetrics(PeripheralKeeping keeping) {
    this.keeping = keeping;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    samples.counter("peripherals_kept", "Messages about them that were kept", keeping.kept());
    samples.counter("peripherals_dropped", "Messages that were not", keeping.dropped());
    return samples.snapshots();
  }
}
