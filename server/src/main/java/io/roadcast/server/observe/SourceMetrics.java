package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.sfu.whep.RemoteState;
import io.roadcast.sfu.whep.RemoteStatus;
import io.roadcast.sfu.whep.WhepSources;
import java.util.List;
import java.util.Locale;

/** Streams of other servers that are brought here. */
public final class SourceMetrics implements MultiCollector {
  private final WhepSources sources;

  public SourceMetrics(WhepSources sources) {
    this.sources = sources;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    List<RemoteStatus> now = sources.statuses();
    for (RemoteState state : RemoteState.values()) {
      samples.gauge(
          "sources",
          "Streams of other servers that are to be brought here",
          now.stream().filter(each -> each.state() == state).count(),
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
    samples.counter(
        "source_attempts",
        "How often streams of other servers were asked for",
        now.stream().mapToLong(RemoteStatus::attempts).sum());
    return samples.snapshots();
  }
}
