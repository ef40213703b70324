package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.jtt.multimedia.MediaStatistics;
import io.roadcast.jtt.multimedia.MediaStore;

/** Pictures, sounds and videos that terminals sent. */
public final class MultimediaMetrics implements MultiCollector {
  private final MediaStore store;

  public MultimediaMetrics(MediaStore store) {
    this.store = store;
  }

  @Override
  public MetricSnapshots collect() {
    MediaStatistics of = store.statistics();
    Samples samples = new Samples();
    samples.counter("multimedia_kept", "Files that were made durable", of.kept());
    samples.counter("multimedia_failed", "Files that were not kept, nor acknowledged", of.failed());
    samples.counter("multimedia_listed", "Files that came into the database", of.listed());
    samples.counter("multimedia_repeated", "Files that had been kept before", of.repeated());
    samples.counter("multimedia_removed", "Files that made room for newer ones", of.removed());
    samples.gauge("multimedia_waiting", "Files that are not yet in the database", of.waiting());
    samples.gauge("multimedia_bytes", "Size of all files in the database", of.bytes());
    return samples.snapshots();
  }
}
