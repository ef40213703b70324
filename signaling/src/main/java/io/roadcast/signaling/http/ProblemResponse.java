package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.store.StorageUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes a status and a body. */
public final class ProblemResponse {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemResponse.class);
  private static final int CLIENT_GONE = 499;
  private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(15);

  private final Json json;

  public ProblemResponse(Json json) {
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.exception(HttpResponseException.class, this::refuseByStatus);
    routes.exception(EofException.class, (gone, ctx) -> ctx.status(CLIENT_GONE));
    routes.exception(Exception.class, this::fail);
  }

  /**
   * What a failure is to who asked.
   *
   * @param what failed, for the log if it is a mistake of ours
   */
  public static Problem problem(Exception failure, String what) {
    ApiException refusal = refusal(failure);
    return refusal == null ? mistake(failure, what) : Problem.of(refusal.code(), refusal.detail());
  }

  /** Null for a mistake of ours. */
  private static @Nullable ApiException refusal(Exception failure) {
    return switch (failure) {
      case ApiException refusal -> refusal;
      case FleetException refusal ->
          new ApiException(ErrorCode.of(refusal.problem()), String.valueOf(refusal.getMessage()));
      case DatabaseUnavailableException away ->
          new ApiException(
              ErrorCode.DATABASE_UNAVAILABLE,
              "The server's database does not answer at the moment.",
              DATABASE_RETRY);
      case StorageUnavailableException away ->
          new ApiException(
              ErrorCode.STORAGE_UNAVAILABLE,
              "The store that this recording is in does not answer at the moment.",
              STORAGE_RETRY);
      default -> null;
    };
  }

  private static Problem mistake(Exception mistake, String what) {
    String incident = UUID.randomUUID().toString();
    LOG.error("incident {}: {} failed", incident, what, mistake);
    return Problem.ofIncident(incident);
  }

  private void refuse(Context ctx, ApiException refusal) {
    Duration retryAfter = refusal.retryAfter();
    if (retryAfter != null) {
      ctx.header("Retry-After", Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
    }
    if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
    Problem problem = Problem.of(refusal.code(), refusal.detail());
    if (refusal.code() == ErrorCode.BODY_TOO_LARGE) {
      LastWord.send(ctx, problem, json.write(problem).getBytes(StandardCharsets.UTF_8));
    } else {
      write(ctx, problem);
    }
  }

  private void refuseByStatus(HttpResponseException refusal, Context ctx) {
    ErrorCode code = ErrorCode.ofStatus(refusal.getStatus());
    if (code == ErrorCode.INTERNAL) {
      fail(refusal, ctx);
      return;
    }
    String allowed = refusal.getDetails().get("availableMethods");
    if (code == ErrorCode.METHOD_NOT_ALLOWED && allowed != null) {
      ctx.header("Allow", allowed);
    }
    write(ctx, Problem.of(code, detailOf(code)));
  }

  private static String detailOf(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND -> "There is nothing at this address.";
      case METHOD_NOT_ALLOWED -> "This address does not take this method.";
      default -> "The request was refused.";
    };
  }

  private void fail(Exception failure, Context ctx) {
    ApiException refusal = refusal(failure);
    if (refusal == null) {
      write(ctx, mistake(failure, ctx.method() + " " + ctx.path()));
    } else {
      refuse(ctx, refusal);
    }
  }

  private void write(Context ctx, Problem problem) {
    ctx.status(problem.status());
    ctx.result(json.write(problem));
    ctx.contentType(Problem.CONTENT_TYPE);
  }
}
