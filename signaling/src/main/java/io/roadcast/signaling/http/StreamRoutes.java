package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is live. */
public final class StreamRoutes {
  private final Router router;
  private final ViewerGateway viewers;
  private final Gate gate;
  private final Json json;

  /**
   * @param next the cursor of the next page; absent on the last one
   */
  record Page(List<StreamView> items, @Nullable String next) {}

  public StreamRoutes(Router router, ViewerGateway viewers, Gate gate, Json json) {
    this.router = router;
    this.viewers = viewers;
    this.gate = gate;
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/v1/streams", this::list);
    routes.get("/api/v1/streams/{id}", this::show);
  }

  private void list(Context ctx) {
    Principal principal = gate.require(ctx, Action.LIST_STREAMS, Resource.whole());
    int limit = RequestParameters.limit(ctx);
    StreamId after = PageCursor.of(ctx, StreamCursor::read).orElse(null);
    List<Stream> found =
        router.streams().stream()
            .filter(stream -> after == null || stream.id().compareTo(after) > 0)
            .filter(stream -> mayView(principal, stream))
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    List<Stream> page = more ? found.subList(0, limit) : found;
    String next = more ? StreamCursor.of(page.getLast().id()) : null;
    answer(ctx, json.write(new Page(page.stream().map(this::view).toList(), next)));
  }

  private void show(Context ctx) {
    StreamId id = RequestParameters.streamId(ctx, "id");
    gate.require(ctx, Action.VIEW_STREAM, Resource.stream(id.name()));
    answer(ctx, json.write(view(existing(router, id))));
  }

  /**
   * @throws ApiException STREAM_NOT_FOUND
   */
  public static Stream existing(Router router, StreamId id) {
    Stream stream = router.find(id);
    if (stream == null) {
      throw new ApiException(ErrorCode.STREAM_NOT_FOUND, "Stream " + id + " is not live.");
    }
    return stream;
  }

  private boolean mayView(Principal principal, Stream stream) {
    return gate.permits(principal, Action.VIEW_STREAM, Resource.stream(stream.id().name()));
  }

  private StreamView view(Stream stream) {
    return StreamView.of(stream, viewers.count(stream.id()));
  }

  static void answer(Context ctx, String body) {
    ctx.result(body);
    ctx.contentType("application/json");
  }
}
