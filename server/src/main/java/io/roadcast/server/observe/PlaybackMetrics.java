package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.recorder.playback.PlaybackStatistics;
import io.roadcast.recorder.playback.Playbacks;

/** Recordings that viewers are shown over WebRTC. */
public final class PlaybackMetrics implements MultiCollector {
  private final Playbacks playbacks;

  public PlaybackMetrics(Playbacks playbacks) {
    this.playbacks = playbacks;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    PlaybackStatistics statistics = playbacks.statistics();
    samples.gauge("playbacks_active", "Viewers that are shown recordings", statistics.active());
    samples.counter("playbacks", "Playbacks begun", statistics.begun());
    samples.counter(
        "playbacks_refused", "Playbacks refused for lack of room", statistics.refused());
    samples.counter("playback_seeks", "Times that viewers went to", statistics.seeks());
    samples.counter(
        "playback_failures",
        "Playbacks that stood still because what followed could not be shown",
        statistics.failed());
    return samples.snapshots();
  }
}
