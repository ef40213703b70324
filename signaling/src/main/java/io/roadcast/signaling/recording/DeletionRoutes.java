package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.recorder.catalog.DeletionSwitch;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.RequestBody;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether recordings may be deleted at all, for those who may change everything. */
final class DeletionRoutes {
  private static final String PATH = "/api/v1/recording-deletion";

  private final DeletionSwitch deletion;
  private final RecordingRequest request;
  private final RequestBody bodies;
  private final Json json;

  /**
   * @param since absent unless deletion is suspended
   */
  record State(boolean suspended, @Nullable Instant since, @Nullable String reason) {}

  /** What is wanted. */
  record Wanted(@Nullable Boolean suspended) {}

  DeletionRoutes(DeletionSwitch deletion, RecordingRequest request, RequestBody bodies, Json json) {
    this.deletion = deletion;
    this.request = request;
    this.bodies = bodies;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.get(PATH, this::show);
    routes.put(PATH, this::put);
  }

  private void show(Context ctx) {
    request.gate().require(ctx, Action.VIEW_RECORDINGS, Resource.whole());
    answer(ctx);
  }

  private void put(Context ctx) throws IOException {
    Principal principal = request.gate().require(ctx, Action.CHANGE_RECORDINGS, Resource.whole());
    Boolean suspended =
        json.read(
                bodies.read(ctx, RequestBody.MAX_JSON_BYTES), Wanted.class, ErrorCode.INVALID_BODY)
            .suspended();
    if (suspended == null) {
      throw new ApiException(ErrorCode.INVALID_BODY, "suspended is true or false.");
    }
    if (suspended) {
      deletion.suspend("somebody wanted it");
    } else {
      deletion.resume();
    }
    request.audit(
        ctx,
        principal.id(),
        null,
        suspended ? "recording-deletion.suspend" : "recording-deletion.resume",
        "recordings",
        null);
    answer(ctx);
  }

  private void answer(Context ctx) {
    State state =
        deletion
            .suspended()
            .map(why -> new State(true, why.since(), why.reason()))
            .orElseGet(() -> new State(false, null, null));
    ctx.result(json.write(state));
    ctx.contentType("application/json");
  }
}
