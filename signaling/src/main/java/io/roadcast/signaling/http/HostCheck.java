package io.roadcast.signaling.http;

import io.javalin.http.Context;

/**
 * Where access is open, the server answers to loopback names only: a foreign name that was made to
 * resolve to this machine (DNS rebinding) would let any web page in.
 */
public final class HostCheck {
  private HostCheck() {}

  public static void requireLoopback(Context ctx) {
    if (!AllowedOrigins.isLoopback(ctx.req().getServerName())
        && !AllowedOrigins.isLoopback("[" + ctx.req().getServerName() + "]")) {
      throw new ApiException(
          ErrorCode.HOST_NOT_ALLOWED,
          "With open access this server answers on localhost and 127.0.0.1 only.");
    }
  }
}
