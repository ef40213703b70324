package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Health and readiness (open to everybody), metrics, and the description of this API. */
public final class ObserveRoutes {
  private final HealthSource health;
  private final MetricsSource metrics;
  private final Gate gate;
  private final Json json;
  private final String description;

  /**
   * @param status "ok", "degraded" or "failing"
   */
  record HealthView(String status, List<HealthSource.Check> checks) {}

  public ObserveRoutes(HealthSource health, MetricsSource metrics, Gate gate, Json json) {
    this.health = health;
    this.metrics = metrics;
    this.gate = gate;
    this.json = json;
    this.description = readDescription();
  }

  public void install(RoutesConfig routes) {
    routes.get("/healthz", ctx -> answer(ctx, health.health()));
    routes.get("/readyz", ctx -> answer(ctx, health.readiness()));
    routes.get("/metrics", this::scrape);
    routes.get("/openapi.yaml", this::describe);
  }

  private void answer(Context ctx, HealthSource.Health found) {
    ctx.status(found.state() == HealthSource.State.FAILING ? 503 : 200);
    StreamRoutes.answer(ctx, json.write(new HealthView(found.state().label(), found.checks())));
  }

  private void scrape(Context ctx) {
    gate.require(ctx, Action.READ_METRICS, Resource.whole());
    ctx.result(metrics.scrape());
    ctx.contentType(metrics.contentType());
  }

  private void describe(Context ctx) {
    ctx.result(description);
    ctx.contentType("application/yaml; charset=utf-8");
  }

  private static String readDescription() {
    try (InputStream in = ObserveRoutes.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
