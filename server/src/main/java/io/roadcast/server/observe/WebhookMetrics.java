package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.events.webhook.WebhookDispatcher;

/** What webhooks were told of events. */
public final class WebhookMetrics implements MultiCollector {
  private final WebhookDispatcher webhooks;

  public WebhookMetrics(WebhookDispatcher webhooks) {
    this.webhooks = webhooks;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    samples.counter("webhooks_delivered", "Messages that were taken", webhooks.delivered());
    samples.counter("webhooks_failures", "Attempts that failed", webhooks.failures());
    samples.counter(
        "webhooks_aside",
        "Messages that were set aside, as only they are refused",
        webhooks.aside());
    samples.counter("webhooks_dead", "Messages that nobody took for a day", webhooks.dead());
    samples.gauge("webhooks_waiting", "Messages that wait", webhooks.waiting());
    return samples.snapshots();
  }
}
