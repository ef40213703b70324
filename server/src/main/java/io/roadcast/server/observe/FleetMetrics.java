package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.fleet.store.FleetRecords;

/** How many there are, without a label that names one. */
public final class FleetMetrics implements MultiCollector {
  private final FleetRecords fleet;

  public FleetMetrics(FleetRecords fleet) {
    this.fleet = fleet;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    samples.gauge("fleet_terminals", "Terminals that are known", fleet.identities().size());
    samples.counter(
        "fleet_sightings_dropped",
        "Terminals that were not written down because too many came",
        fleet.observations().dropped() + fleet.newcomers().dropped());
    return samples.snapshots();
  }
}
