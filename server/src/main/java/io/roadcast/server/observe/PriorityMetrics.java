package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.server.ThreadPriorities;

/** Whether forwarding goes before other work. */
public final class PriorityMetrics implements MultiCollector {
  private final ThreadPriorities priorities;

  public PriorityMetrics(ThreadPriorities priorities) {
    this.priorities = priorities;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    samples.gauge("favoured_threads", "Threads that go before the others", priorities.favoured());
    samples.counter(
        "favours_refused", "Refusals to let such a thread be less nice", priorities.refused());
    return samples.snapshots();
  }
}
