package io.roadcast.server.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.roadcast.signaling.http.MetricsSource;
import java.time.Duration;
import java.util.List;

/** Everything that {@code /metrics} says. All methods may be called on any thread. */
public final class Metrics implements MetricsSource, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  public Metrics(String version) {
    Gauge.builder("roadcast.build.info", () -> 1)
        .description("Always 1; the labels say which build this is")
        .tags("version", version, "java", Runtime.version().toString())
        .register(registry);
    for (MeterBinder binder : processBinders()) {
      binder.bindTo(registry);
    }
  }

  /** Adds the metrics of a part; they are asked for at each scrape. */
  public void add(MultiCollector part) {
    registry.getPrometheusRegistry().register(part);
  }

  /**
   * Counts a served request.
   *
   * @param route the route's pattern, such as "/whep/{stream}": never the path itself
   */
  public void request(String method, String route, int status, Duration took) {
    Timer.builder("roadcast.http.request.duration")
        .description("Served HTTP requests by route and status")
        .tags(Tags.of("method", method, "route", route, "status", Integer.toString(status)))
        .register(registry)
        .record(took);
  }

  @Override
  public String contentType() {
    return "text/plain; version=0.0.4; charset=utf-8";
  }

  @Override
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }

  private List<MeterBinder> processBinders() {
    return List.of(
        new JvmMemoryMetrics(),
        garbageCollection,
        new JvmThreadMetrics(),
        new ProcessorMetrics(),
        new FileDescriptorMetrics(),
        new UptimeMetrics());
  }
}
