package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * Cross-origin resource sharing (Fetch standard, section 3.3), preflights answered in one place.
 */
public final class CrossOrigin {
  private static final String PREFLIGHT_SECONDS = "86400";

  private final AllowedOrigins allowed;

  public CrossOrigin(AllowedOrigins allowed) {
    this.allowed = allowed;
  }

  public void install(RoutesConfig routes) {
    routes.before(this::apply);
  }

  private void apply(Context ctx) {
    String origin = ctx.header("Origin");
    if (!allowed.any()) {
      ctx.addHeader("Vary", "Origin");
    }
    if (origin == null || !allowed.permits(origin)) {
      return;
    }
    ctx.header("Access-Control-Allow-Origin", allowed.any() ? "*" : origin);
    ctx.header("Access-Control-Expose-Headers", "Location, ETag, Link, Retry-After, Accept-Patch");
    if (ctx.method().equals(HandlerType.OPTIONS)
        && ctx.header("Access-Control-Request-Method") != null) {
      ctx.header("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE, OPTIONS");
      ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match");
      ctx.header("Access-Control-Max-Age", PREFLIGHT_SECONDS);
      ctx.status(204);
      ctx.skipRemainingHandlers();
    }
  }
}
