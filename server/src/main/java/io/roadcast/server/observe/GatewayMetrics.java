package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.jtt.gateway.CloseReason;
import io.roadcast.jtt.gateway.DropReason;
import io.roadcast.jtt.gateway.GatewayStatistics;
import io.roadcast.jtt.gateway.Jt808Server;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.journal.JournalFollower;
import io.roadcast.jtt.journal.JournalStatistics;

/** Terminals, what they say, and the journal of their positions. */
public final class GatewayMetrics implements MultiCollector {
  private final Jt808Server gateway;
  private final Journal journal;
  private final JournalFollower follower;

  public GatewayMetrics(Jt808Server gateway, Journal journal, JournalFollower follower) {
    this.gateway = gateway;
    this.journal = journal;
    this.follower = follower;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    links(samples);
    messages(samples, gateway.statistics());
    journal(samples, journal.statistics());
    samples.counter(
        "journal_followed_records", "Records that are in the database", follower.written());
    samples.counter(
        "journal_rejected_records", "Records that the database refuses", follower.rejected());
    return samples.snapshots();
  }

  private void links(Samples samples) {
    GatewayStatistics of = gateway.statistics();
    samples.gauge("terminals_online", "Authenticated terminals", gateway.online());
    String open = "Connections of terminals, authenticated or not";
    samples.gauge("jt808_connections_open", open, gateway.tcpConnections(), "transport", "tcp");
    samples.gauge("jt808_connections_open", open, gateway.udpTerminals(), "transport", "udp");
    samples.gauge(
        "jt808_identity_conflicts_present",
        "Terminals that drove each other away in the last minutes",
        gateway.conflicts().size());
    samples.counter("jt808_connections", "Since the start", of.connections());
    samples.counter("jt808_authenticated", "Successful authentications", of.authenticated());
    samples.counter(
        "jt808_refused", "Refused registrations and authentications", of.refusedAdmissions());
    samples.counter(
        "jt808_replaced", "Links that a newer one of the terminal replaced", of.replacements());
    samples.counter("jt808_identity_conflicts", "How often conflicts were found", of.conflicts());
    samples.counter("jt808_roamed", "Changes of a terminal's UDP address", of.roamed());
    for (CloseReason reason : CloseReason.values()) {
      samples.counter(
          "jt808_connections_closed",
          "Links that ended or were refused",
          of.closed(reason),
          "reason",
          reason.label());
    }
  }

  private static void messages(Samples samples, GatewayStatistics of) {
    samples.counter("jt808_messages", "Sound frames of terminals", of.messages());
    samples.counter("jt808_answers", "Answers to terminals", of.answers());
    samples.counter("jt808_requests", "Commands that want an answer", of.requests());
    samples.counter("jt808_positions", "Positions kept and acknowledged", of.positions());
    samples.counter(
        "jt808_package_requests",
        "How often missing packages were asked for",
        of.packageRequests());
    for (DropReason reason : DropReason.values()) {
      samples.counter(
          "jt808_dropped",
          "What came from terminals and was not used",
          of.dropped(reason),
          "reason",
          reason.label());
    }
  }

  private static void journal(Samples samples, JournalStatistics of) {
    samples.counter("journal_records", "Records that are safe on disk", of.records());
    samples.counter("journal_groups", "Groups of them, one fsync each", of.groups());
    samples.gauge("journal_bytes", "Size of the journal on disk", of.diskBytes());
    samples.gauge("journal_behind_bytes", "Not yet in the database", of.behindBytes());
    samples.gauge(
        "journal_slowest_group_seconds",
        "Longest time that writing a group took",
        of.slowestGroupNanos() / 1e9);
    samples.gauge("journal_cut_bytes", "Torn tail cut at the start", of.cutBytes());
    samples.counter("journal_skipped_bytes", "Damaged and skipped", of.skippedBytes());
    of.refused()
        .forEach(
            (outcome, count) ->
                samples.counter(
                    "journal_refused", "Records not kept", count, "reason", outcome.label()));
  }
}
