package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Where a viewer is in the past, and where it wants to be. */
public final class PlaybackRoutes {
  private static final String PATH = "/api/v1/viewers/{viewer}/playback";
  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MAX_BYTES = 4096;

  private final PastViewing past;
  private final Gate gate;
  private final RequestBody bodies;
  private final Json json;

  public PlaybackRoutes(PastViewing past, Gate gate, RequestBody bodies, Json json) {
    this.past = past;
    this.gate = gate;
    this.bodies = bodies;
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.get(PATH, this::show);
    routes.post(PATH, this::order);
  }

  private void show(Context ctx) {
    PastViewing.Asker asker = asker(ctx);
    UUID viewer = viewer(ctx);
    Instant to = RequestParameters.time(ctx, "to").orElseGet(Instant::now);
    Instant from = RequestParameters.time(ctx, "from").orElseGet(() -> to.minus(USUAL));
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, "from is before to, by 24 hours at most.");
    }
    answer(ctx, past.show(asker, viewer, from, to));
  }

  private void order(Context ctx) throws IOException {
    PastViewing.Asker asker = asker(ctx);
    UUID viewer = viewer(ctx);
    PlaybackCommand command =
        json.read(bodies.read(ctx, MAX_BYTES), PlaybackCommand.class, ErrorCode.INVALID_BODY);
    answer(ctx, past.order(asker, viewer, command));
  }

  private void answer(Context ctx, PlaybackView view) {
    ctx.header("Cache-Control", "no-store");
    ctx.result(json.write(view));
    ctx.contentType("application/json");
  }

  private PastViewing.Asker asker(Context ctx) {
    return new PastViewing.Asker(gate.identify(ctx), ctx.ip());
  }

  private static UUID viewer(Context ctx) {
    return RequestParameters.uuid(ctx, "viewer", ErrorCode.VIEWER_NOT_FOUND);
  }
}
