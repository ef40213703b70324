package io.roadcast.signaling.http;

import io.javalin.http.Context;

/** What every answer carries; the web client's files loosen some of it. */
public final class SecurityHeaders {
  private SecurityHeaders() {}

  public static void apply(Context ctx) {
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    ctx.header("Cache-Control", "no-store");
  }
}
