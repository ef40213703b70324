package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.sfu.whep.RemoteStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** How it stands with the streams of other servers that are brought here. */
public final class SourceRoutes implements RouteSet {
  private final Supplier<List<RemoteStatus>> sources;

  /**
   * @param state connecting, live, waiting or closed
   * @param attempts how often it was asked for
   * @param problem why it ended or could not be had the last time; empty if it never did
   */
  record View(
      String stream, String endpoint, String state, Instant since, long attempts, String problem) {
    static View of(RemoteStatus status) {
      return new View(
          status.id().toString(),
          status.endpoint(),
          status.state().name().toLowerCase(Locale.ROOT),
          status.since(),
          status.attempts(),
          status.problem());
    }
  }

  record Sources(List<View> items) {}

  /**
   * @param sources all that are configured, 500 at most
   */
  public SourceRoutes(Supplier<List<RemoteStatus>> sources) {
    this.sources = sources;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    routes.get("/api/v1/sources", ctx -> list(ctx, tools));
  }

  private void list(Context ctx, Tools tools) {
    tools.gate().require(ctx, Action.READ_METRICS, Resource.whole());
    List<View> items = sources.get().stream().map(View::of).toList();
    StreamRoutes.answer(ctx, tools.json().write(new Sources(items)));
  }
}
