package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.jtt.attachment.AttachmentServer;
import io.roadcast.jtt.attachment.AttachmentStatistics;
import io.roadcast.recorder.clip.ClipDesk;
import io.roadcast.recorder.clip.ClipStatistics;

/** Files of safety events. */
public final class EvidenceMetrics implements MultiCollector {
  private final AttachmentServer attachments;
  private final ClipDesk clips;

  public EvidenceMetrics(AttachmentServer attachments, ClipDesk clips) {
    this.attachments = attachments;
    this.clips = clips;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    attachments(samples, attachments.statistics());
    clips(samples, clips.statistics());
    return samples.snapshots();
  }

  private static void attachments(Samples samples, AttachmentStatistics of) {
    samples.gauge("attachment_connections_open", "Connections that bring files", of.open());
    samples.counter("attachment_connections", "Since the start", of.connections());
    samples.counter("attachment_requested", "Alarms whose files were asked for", of.requested());
    samples.gauge("attachment_expected", "Alarms whose files are taken now", of.expected());
    samples.counter("attachment_bytes", "Bytes of files, each counted once", of.bytes());
    samples.counter("attachment_repeated_bytes", "Bytes that had come before", of.repeatedBytes());
    samples.counter("attachment_asked_again", "Answers with missing ranges", of.askedAgain());
    samples.counter("attachment_files", "Files kept", of.complete(), "state", "complete");
    samples.counter("attachment_files", "Files kept", of.partial(), "state", "partial");
    samples.counter("attachment_attached", "Files tied to their events", of.attached());
    samples.gauge("attachment_waiting", "Files not yet tied to their events", of.waiting());
    of.refused()
        .forEach(
            (fault, count) ->
                samples.counter(
                    "attachment_refused",
                    "What came to the attachment port and was not taken",
                    count,
                    "reason",
                    fault.label()));
    of.closed()
        .forEach(
            (reason, count) ->
                samples.counter(
                    "attachment_connections_closed",
                    "Connections that ended or were refused",
                    count,
                    "reason",
                    reason.label()));
  }

  private static void clips(Samples samples, ClipStatistics of) {
    samples.gauge("clips_waiting", "Clips wished for and not cut yet", of.waiting());
    String done = "What became of clips";
    samples.counter("clips", done, of.complete(), "state", "complete");
    samples.counter("clips", done, of.partial(), "state", "partial");
    samples.counter("clips", done, of.missed(), "state", "nothing_live");
    samples.counter("clips", done, of.failed(), "state", "failed");
    samples.counter("clip_pictures", "Pictures made of clips", of.pictures());
    samples.gauge(
        "clip_lag_seconds",
        "From the last clip's last second until it was ready",
        of.lastLagMillis() / 1000.0);
  }
}
