package io.roadcast.signaling.whep;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.signaling.auth.RateLimiter;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.MediaTypes;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.http.ViewerGateway;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The endpoint of each stream and the sessions made there. */
public final class WhepRoutes {
  private static final String SDP = "application/sdp";
  private static final String TRICKLE = "application/trickle-ice-sdpfrag";

  /** A session, and its present ICE session. */
  private record Session(UUID id, String iceTag) {}

  private final Demand demand;
  private final PastViewing past;
  private final ViewerGateway viewers;
  private final Gate gate;
  private final RateLimiter rate;
  private final RequestBody bodies;
  private final int maxSdpBytes;
  private final IceServers iceServers;

  public WhepRoutes(
      StreamSource source,
      ViewerGateway viewers,
      PastViewing past,
      Gate gate,
      RateLimiter rate,
      RequestBody bodies,
      int maxSdpBytes,
      IceServers iceServers) {
    this.demand = new Demand(source);
    this.viewers = viewers;
    this.past = past;
    this.gate = gate;
    this.rate = rate;
    this.bodies = bodies;
    this.maxSdpBytes = maxSdpBytes;
    this.iceServers = iceServers;
  }

  public void install(RoutesConfig routes) {
    routes.post("/whep/{stream}", this::open);
    routes.options("/whep/{stream}", this::describeEndpoint);
    routes.patch("/whep/{stream}/{session}", this::patch);
    routes.delete("/whep/{stream}/{session}", this::leave);
    routes.options("/whep/{stream}/{session}", this::describeSession);
  }

  private void open(Context ctx) throws IOException {
    limitRate(ctx);
    String profile = profile(ctx);
    StreamId id =
        profile.isEmpty()
            ? RequestParameters.streamId(ctx, "stream")
            : RequestParameters.streamId(ctx, "stream", Quality.MAIN);
    Instant start = StartTime.of(ctx.queryParam("start"), Instant.now());
    Principal principal = gate.identify(ctx);
    PastViewing.Asker asker = new PastViewing.Asker(principal, ctx.ip());
    if (start == null) {
      gate.require(ctx, Action.VIEW_STREAM, Resource.stream(id.name()));
    } else {
      past.admit(asker, id);
    }
    requireType(ctx, SDP);
    String offer = new String(bodies.read(ctx, maxSdpBytes), StandardCharsets.UTF_8);
    viewers.check(offer);
    ViewerGateway.Opened opened =
        start == null
            ? demand.whenLive(
                id, (stream, lease) -> viewers.open(stream, lease, offer, asker, profile))
            : past.open(asker, id, start, offer);
    ctx.status(201);
    ctx.header("Location", location(ctx, id, opened.id()));
    ctx.header("ETag", etag(opened.iceTag()));
    ctx.header("Accept-Patch", TRICKLE);
    iceServers.of(principal).forEach(server -> ctx.addHeader("Link", server.link()));
    ctx.result(opened.answer());
    ctx.contentType(SDP);
  }

  /** Smaller pictures that are made of the main stream's are asked for as a quality, too. */
  private String profile(Context ctx) {
    String quality = ctx.queryParam("quality");
    return quality != null && viewers.knowsProfile(quality) ? quality : PictureRenditions.PLAIN;
  }

  private void patch(Context ctx) throws IOException {
    Session session = sessionOf(ctx);
    if (!MediaTypes.is(ctx.contentType(), TRICKLE)) {
      ctx.header("Accept-Patch", TRICKLE);
      requireType(ctx, TRICKLE);
    }
    boolean restart = asksForRestart(ctx.header("If-Match"), etag(session.iceTag()));
    String fragment = new String(bodies.read(ctx, maxSdpBytes), StandardCharsets.UTF_8);
    if (restart) {
      restart(ctx, session.id(), fragment);
      return;
    }
    // An ICE-lite server learns the client's addresses from its checks (RFC 8445 section 2.7); what
    // it is told here only says which of them are relays.
    viewers.candidates(session.id(), fragment);
    ctx.header("ETag", etag(session.iceTag()));
    ctx.status(204);
  }

  private void restart(Context ctx, UUID session, String fragment) {
    limitRate(ctx);
    ViewerGateway.Restarted restarted = viewers.restartIce(session, fragment);
    ctx.status(200);
    ctx.header("ETag", etag(restarted.iceTag()));
    ctx.result(restarted.answer());
    ctx.contentType(TRICKLE);
  }

  private void leave(Context ctx) {
    if (!viewers.leave(sessionOf(ctx).id())) {
      throw new ApiException(ErrorCode.SESSION_NOT_FOUND, "This session is over.");
    }
    ctx.status(200);
  }

  private void describeEndpoint(Context ctx) {
    ctx.header("Allow", "POST, OPTIONS");
    ctx.header("Accept-Post", SDP);
    ctx.status(204);
  }

  private void describeSession(Context ctx) {
    ctx.header("Allow", "PATCH, DELETE, OPTIONS");
    ctx.header("Accept-Patch", TRICKLE);
    ctx.status(204);
  }

  private void limitRate(Context ctx) {
    Duration wait = rate.take(ctx.ip());
    if (wait.isPositive()) {
      throw new ApiException(
          ErrorCode.RATE_LIMITED, "Too many attempts from this address; wait a moment.", wait);
    }
  }

  /** The session of the path, of a stream that the caller may view. */
  private Session sessionOf(Context ctx) {
    StreamId id = RequestParameters.streamId(ctx, "stream");
    Principal principal = gate.identify(ctx);
    Resource resource = Resource.stream(id.name());
    if (!gate.permits(principal, Action.VIEW_RECORDINGS, resource)) {
      gate.require(ctx, Action.VIEW_STREAM, resource);
    }
    UUID session = RequestParameters.uuid(ctx, "session", ErrorCode.SESSION_NOT_FOUND);
    ViewerGateway.Watching watching = viewers.find(session);
    if (watching == null || !watching.stream().name().equals(id.name())) {
      throw new ApiException(ErrorCode.SESSION_NOT_FOUND, "There is no such session.");
    }
    return new Session(session, watching.iceTag());
  }

  /** RFC 9725 section 4.3: the tag names the ICE session; any tag asks for a new one. */
  private static boolean asksForRestart(@Nullable String given, String etag) {
    if (given == null) {
      throw new ApiException(
          ErrorCode.PRECONDITION_REQUIRED, "If-Match with the session's ETag, or *, is needed.");
    }
    if (given.strip().equals("*")) {
      return true;
    }
    if (!given.strip().equals(etag)) {
      throw new ApiException(ErrorCode.PRECONDITION_FAILED, "This is not the session's ETag.");
    }
    return false;
  }

  private static void requireType(Context ctx, String type) {
    if (!MediaTypes.is(ctx.contentType(), type)) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: " + type + " is expected here.");
    }
  }

  /** Where a token came in the address it is needed there again: such a client sends no header. */
  private static String location(Context ctx, StreamId stream, UUID session) {
    String token = ctx.header("Authorization") == null ? ctx.queryParam("token") : null;
    String path = "/whep/" + stream.name() + "/" + session;
    return token == null
        ? path
        : path + "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  private static String etag(String iceTag) {
    return "\"" + iceTag + "\"";
  }
}
