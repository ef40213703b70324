package io.roadcast.signaling.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.auth.AuditLog;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who watches, and an end to it. */
public final class ViewerRoutes {
  private static final int CURSOR_RADIX = 36;

  private final Router router;
  private final ViewerGateway viewers;
  private final Gate gate;
  private final ViewingRecords records;
  private final AuditLog audit;
  private final Json json;

  record Viewers(List<Watching> items) {}

  /**
   * @param player what its player tells; absent if it tells nothing
   * @param glassToGlassMs absent where it is not known
   */
  record Watching(
      @JsonUnwrapped ViewerView viewer,
      @Nullable PlayerFigures player,
      @Nullable Long glassToGlassMs) {
    static Watching of(ViewerView viewer, ViewingRecords.@Nullable Told told) {
      return told == null
          ? new Watching(viewer, null, null)
          : new Watching(viewer, told.figures(), told.glassToGlassMs());
    }
  }

  /**
   * @param next the cursor of the next page; absent on the last one
   */
  record EndedPage(List<EndedViewing> items, @Nullable String next) {}

  public ViewerRoutes(
      Router router,
      ViewerGateway viewers,
      ViewingRecords records,
      Gate gate,
      AuditLog audit,
      Json json) {
    this.router = router;
    this.viewers = viewers;
    this.records = records;
    this.gate = gate;
    this.audit = audit;
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/v1/streams/{id}/viewers", this::list);
    routes.get("/api/v1/streams/{id}/viewings", this::listEnded);
    routes.delete("/api/v1/streams/{id}/viewers/{viewer}", this::kickFromStream);
    routes.delete("/api/v1/viewers/{viewer}", this::kick);
  }

  private void list(Context ctx) {
    StreamId id = RequestParameters.streamId(ctx, "id");
    gate.require(ctx, Action.LIST_VIEWERS, Resource.stream(id.name()));
    StreamRoutes.existing(router, id);
    StreamRoutes.answer(ctx, json.write(new Viewers(told(id))));
  }

  private List<Watching> told(StreamId id) {
    return viewers.list(id).stream().map(view -> Watching.of(view, records.of(view.id()))).toList();
  }

  /** The stream need not be there any more. */
  private void listEnded(Context ctx) {
    StreamId id = RequestParameters.streamId(ctx, "id");
    gate.require(ctx, Action.LIST_VIEWERS, Resource.stream(id.name()));
    int limit = RequestParameters.limit(ctx);
    List<ViewingRecords.Numbered> found = records.ended(id, before(ctx), limit + 1);
    boolean more = found.size() > limit;
    List<ViewingRecords.Numbered> page = more ? found.subList(0, limit) : found;
    String next = more ? Long.toString(page.getLast().number(), CURSOR_RADIX) : null;
    List<EndedViewing> items = page.stream().map(ViewingRecords.Numbered::viewing).toList();
    StreamRoutes.answer(ctx, json.write(new EndedPage(items, next)));
  }

  private static long before(Context ctx) {
    String cursor = ctx.queryParam("cursor");
    if (cursor == null || cursor.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(cursor, CURSOR_RADIX);
    } catch (NumberFormatException e) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is the \"next\" of a page.");
    }
  }

  private void kickFromStream(Context ctx) {
    StreamId stream = RequestParameters.streamId(ctx, "id");
    Principal principal = gate.require(ctx, Action.KICK_VIEWER, Resource.stream(stream.name()));
    UUID viewer = RequestParameters.uuid(ctx, "viewer", ErrorCode.VIEWER_NOT_FOUND);
    ViewerGateway.@Nullable Watching watching = viewers.find(viewer);
    boolean thisStream = watching != null && watching.stream().equals(stream);
    end(ctx, principal, thisStream ? watching : null);
  }

  private void kick(Context ctx) {
    gate.identify(ctx);
    UUID viewer = RequestParameters.uuid(ctx, "viewer", ErrorCode.VIEWER_NOT_FOUND);
    ViewerGateway.@Nullable Watching watching = viewers.find(viewer);
    Resource resource =
        watching == null ? Resource.whole() : Resource.stream(watching.stream().name());
    end(ctx, gate.require(ctx, Action.KICK_VIEWER, resource), watching);
  }

  private void end(Context ctx, Principal principal, ViewerGateway.@Nullable Watching watching) {
    if (watching == null || !viewers.kick(watching.view().id())) {
      throw new ApiException(ErrorCode.VIEWER_NOT_FOUND, "There is no such viewer.");
    }
    audit.viewerKicked(
        principal, ctx.ip(), watching.view().id().toString(), watching.stream().toString());
    ctx.status(204);
  }
}
