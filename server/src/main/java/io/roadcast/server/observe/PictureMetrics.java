package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.sfu.transcode.TranscodeStatistics;
import io.roadcast.sfu.transcode.TranscodedPictures;
import io.roadcast.sfu.transcode.Transcoders;
import io.roadcast.sfu.udp.DelayHistogram;

/** The child processes that transcode pictures, and what they do. */
public final class PictureMetrics implements MultiCollector {
  private final Transcoders transcoders;
  private final TranscodedPictures pictures;

  public PictureMetrics(Transcoders transcoders, TranscodedPictures pictures) {
    this.transcoders = transcoders;
    this.pictures = pictures;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    TranscodeStatistics now = transcoders.statistics();
    samples.gauge(
        "picture_transcode_children", "Child processes that transcode pictures", now.children());
    samples.gauge("picture_transcode_jobs", "Pictures that are transcoded", now.jobs());
    samples.counter(
        "picture_transcode_children_started",
        "Child processes for pictures started",
        now.started());
    samples.counter(
        "picture_transcode_children_died",
        "Child processes for pictures that ended unasked or hung",
        now.died());
    samples.counter(
        "picture_transcode_children_hung",
        "Child processes for pictures killed as they did not answer",
        now.hung());
    samples.counter(
        "picture_transcode_refused",
        "Viewers refused because too many pictures are transcoded",
        now.refusedJobs());
    samples.counter(
        "picture_transcode_dropped_frames",
        "Pictures left out as the child was behind or not there",
        now.droppedFrames());
    samples.counter(
        "picture_transcode_damaged_frames",
        "Pictures that could not be decoded",
        now.damagedFrames());
    samples.counter("picture_transcode_frames", "Pictures made", now.blocks());
    samples.counter(
        "picture_transcode_cpu_seconds",
        "CPU time of the child processes for pictures",
        now.cpu().toMillis() / 1000.0);
    DelayHistogram.Snapshot delays = pictures.delays();
    samples.histogram(
        "picture_transcode_delay_seconds",
        "From the last byte of a picture to what was made of it",
        delays.boundsNanos(),
        delays.counts(),
        delays.sumNanos());
    return samples.snapshots();
  }
}
