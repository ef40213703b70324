package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.jtt.live.ChannelPhase;
import io.roadcast.jtt.live.DataBudgets;
import io.roadcast.jtt.live.DataUsage;
import io.roadcast.jtt.live.LiveStatistics;
import io.roadcast.jtt.live.LiveStreams;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.util.Locale;

/** What terminals are asked for because somebody wants to see it. */
public final class LiveMetrics implements MultiCollector {
  private final LiveStreams streams;
  private final DataUsage usage;
  private final DataBudgets budgets;

  public LiveMetrics(LiveStreams streams, DataUsage usage, DataBudgets budgets) {
    this.streams = streams;
    this.usage = usage;
    this.budgets = budgets;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    LiveStatistics statistics = streams.statistics();
    for (ChannelPhase phase : ChannelPhase.values()) {
      if (phase != ChannelPhase.IDLE) {
        samples.gauge(
            "live_channels",
            "Channels that were asked for or send by themselves, by what has become of that",
            streams.inPhase(phase).size(),
            "state",
            phase.label());
      }
    }
    samples.counter(
        "live_requests", "Requests for media (0x9101) to terminals", statistics.requests());
    samples.counter("live_closes", "Terminals told to stop sending (0x9102)", statistics.closes());
    samples.counter(
        "live_cuts",
        "Media connections closed because the terminal did not stop",
        statistics.cuts());
    samples.counter(
        "live_leases_granted",
        "Viewers and others that got the stream they wanted",
        statistics.grantedWishes());
    for (Code code : Code.values()) {
      samples.counter(
          "live_leases_refused",
          "Viewers and others that did not get the stream they wanted",
          statistics.refusedWishes(code),
          "code",
          code.name().toLowerCase(Locale.ROOT));
    }
    samples.gauge(
        "terminal_data_month_bytes",
        "Media that terminals have sent in this month (UTC)",
        usage.bytesOfAll());
    samples.gauge(
        "terminal_data_budgets_spent",
        "Terminals that have used up their own or their organization's data of this month",
        budgets.spentTerminals());
    return samples.snapshots();
  }
}
