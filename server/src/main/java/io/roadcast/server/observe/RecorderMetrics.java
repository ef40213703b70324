package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.recorder.catalog.CatalogFollower;
import io.roadcast.recorder.catalog.Retention;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.record.Recorder;
import io.roadcast.recorder.record.RecorderStatistics;

/** What is recorded, and what was not. */
public final class RecorderMetrics implements MultiCollector {
  private final Recorder recorder;
  private final CatalogFollower catalog;
  private final Retention retention;
  private final DiskGuard guard;

  public RecorderMetrics(
      Recorder recorder, CatalogFollower catalog, Retention retention, DiskGuard guard) {
    this.recorder = recorder;
    this.catalog = catalog;
    this.retention = retention;
    this.guard = guard;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    RecorderStatistics statistics = recorder.statistics();
    samples.gauge("recorder_open_segments", "Segments being written", statistics.open());
    samples.gauge(
        "recorder_queued_bytes",
        "What waits for the disk, of all streams",
        statistics.queuedBytes());
    samples.counter("recorder_frames", "Pictures written", statistics.frames());
    samples.counter("recorder_bytes", "Bytes written", statistics.bytes());
    samples.counter(
        "recorder_dropped_frames",
        "Frames left out because the disk was slow or away",
        statistics.droppedFrames());
    samples.counter(
        "recorder_damaged_frames", "Pictures that were not whole", statistics.damagedFrames());
    samples.counter("recorder_segments", "Segments begun", statistics.segments());
    samples.counter("recorder_failures", "Writing that failed", statistics.failures());
    samples.counter(
        "recorder_sound_jumps",
        "Jumps of sound's time after which its track was begun anew",
        statistics.soundJumps());
    samples.gauge(
        "recorder_catalog_behind", "Segments that the catalogue does not know", catalog.behind());
    samples.counter("recorder_deleted_segments", "Segments deleted", retention.deleted());
    samples.gauge("recorder_disk_free_bytes", "What the disk still takes", guard.freeBytes());
    samples.gauge(
        "recorder_disk_low",
        "1 while the disk is nearly full",
        guard.problem().isPresent() ? 1 : 0);
    return samples.snapshots();
  }
}
