package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.sfu.transcode.TranscodeStatistics;
import io.roadcast.sfu.transcode.Transcoders;

/** The child processes that transcode, and what they do. */
public final class TranscodeMetrics implements MultiCollector {
  private final Transcoders transcoders;

  public TranscodeMetrics(Transcoders transcoders) {
    this.transcoders = transcoders;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    TranscodeStatistics now = transcoders.statistics();
    samples.gauge("transcode_children", "Child processes that transcode", now.children());
    samples.gauge("transcode_jobs", "Streams that are transcoded", now.jobs());
    samples.counter("transcode_children_started", "Child processes started", now.started());
    samples.counter(
        "transcode_children_died", "Child processes that ended unasked or hung", now.died());
    samples.counter(
        "transcode_children_hung", "Child processes killed as they did not answer", now.hung());
    samples.counter(
        "transcode_refused_jobs",
        "Streams not transcoded because there were too many",
        now.refusedJobs());
    samples.counter(
        "transcode_dropped_frames",
        "Frames not transcoded as the child was behind or not there",
        now.droppedFrames());
    samples.counter(
        "transcode_damaged_frames", "Frames that could not be decoded", now.damagedFrames());
    samples.counter("transcode_blocks", "Blocks of 20 ms of sound made", now.blocks());
    samples.counter(
        "transcode_cpu_seconds", "CPU time of the child processes", now.cpu().toMillis() / 1000.0);
    return samples.snapshots();
  }
}
