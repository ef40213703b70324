package io.roadcast.signaling.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the observer, and writes one line per request on the logger {@code access}, at debug level;
 * tokens are left out.
 */
public final class RequestLog {
  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final double NANOS_PER_MILLI = 1e6;

  private final RequestObserver observer;

  public RequestLog(RequestObserver observer) {
    this.observer = observer;
  }

  public void write(Context ctx, float millis) {
    observer.served(
        ctx.method().name(),
        routeOf(ctx),
        ctx.statusCode(),
        Duration.ofNanos((long) (millis * NANOS_PER_MILLI)));
    if (ACCESS.isDebugEnabled()) {
      ACCESS.debug(
          "{} {} {}{} {} {} ms",
          ctx.ip(),
          ctx.method(),
          ctx.path(),
          redacted(ctx.queryString()),
          ctx.statusCode(),
          Math.round(millis));
    }
  }

  /** The route's pattern, so that there are only as many as there are routes. */
  private static String routeOf(Context ctx) {
    Endpoint last = ctx.endpoints().lastHttpEndpoint();
    return last == null ? "other" : last.path;
  }

  static String redacted(@Nullable String query) {
    return query == null
        ? ""
        : Arrays.stream(query.split("&", -1))
            .map(RequestLog::redactedParameter)
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String redactedParameter(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    return isToken(name) ? "token=***" : parameter;
  }

  private static boolean isToken(String encodedName) {
    try {
      return URLDecoder.decode(encodedName, StandardCharsets.UTF_8).equals("token");
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
