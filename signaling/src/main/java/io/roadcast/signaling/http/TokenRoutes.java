package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.auth.AuditLog;
import io.roadcast.signaling.auth.StreamTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens for people who may watch one stream for a while, such as a page that embeds a player. */
public final class TokenRoutes {
  private static final long MAX_VALIDITY_SECONDS = Duration.ofDays(366).toSeconds();

  private final StreamTokens tokens;
  private final Gate gate;
  private final AuditLog audit;
  private final RequestBody bodies;
  private final Json json;

  record Wanted(@Nullable String stream, @Nullable Long expiresInS) {}

  record Created(String id, String token, String stream, Instant expiresAt) {}

  public TokenRoutes(
      StreamTokens tokens, Gate gate, AuditLog audit, RequestBody bodies, Json json) {
    this.tokens = tokens;
    this.gate = gate;
    this.audit = audit;
    this.bodies = bodies;
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.post("/api/v1/tokens", this::create);
  }

  private void create(Context ctx) throws IOException {
    Principal principal = gate.require(ctx, Action.CREATE_TOKEN, Resource.whole());
    if (!MediaTypes.is(ctx.contentType(), "application/json")) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: application/json is expected here.");
    }
    byte[] body = bodies.read(ctx, RequestBody.MAX_JSON_BYTES);
    Wanted wanted = json.read(body, Wanted.class, ErrorCode.INVALID_BODY);
    String stream = streamOf(wanted);
    StreamTokens.Issued issued = tokens.issue(stream, validityOf(wanted));
    audit.tokenCreated(principal, ctx.ip(), issued.id(), stream, issued.expiresAt().toString());
    ctx.status(201);
    StreamRoutes.answer(
        ctx, json.write(new Created(issued.id(), issued.token(), stream, issued.expiresAt())));
  }

  private static String streamOf(Wanted wanted) {
    String stream = wanted.stream();
    if (stream == null) {
      throw new ApiException(ErrorCode.INVALID_BODY, "\"stream\" is missing.");
    }
    try {
      return StreamId.parse(stream, Quality.MAIN).name();
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID_BODY, "\"stream\" is no name of a stream.");
    }
  }

  private static Duration validityOf(Wanted wanted) {
    Long seconds = wanted.expiresInS();
    if (seconds == null || seconds < 1 || seconds > MAX_VALIDITY_SECONDS) {
      throw new ApiException(
          ErrorCode.INVALID_BODY,
          "\"expires_in_s\" is a number of seconds from 1 to " + MAX_VALIDITY_SECONDS + ".");
    }
    return Duration.ofSeconds(seconds);
  }
}
