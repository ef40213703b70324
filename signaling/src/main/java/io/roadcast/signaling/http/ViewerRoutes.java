package io.roadcast.signaling.http;

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
  private final Router router;
  private final ViewerGateway viewers;
  private final Gate gate;
  private final PlayerFigures figures;
  private final AuditLog audit;
  private final Json json;

  record Viewers(List<ViewerView> items) {}

  public ViewerRoutes(
      Router router,
      ViewerGateway viewers,
      PlayerFigures figures,
      Gate gate,
      AuditLog audit,
      Json json) {
    this.router = router;
    this.viewers = viewers;
    this.figures = figures;
    this.gate = gate;
    this.audit = audit;
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/v1/streams/{id}/viewers", this::list);
    routes.delete("/api/v1/streams/{id}/viewers/{viewer}", this::kickFromStream);
    routes.delete("/api/v1/viewers/{viewer}", this::kick);
  }

  private void list(Context ctx) {
    StreamId id = RequestParameters.streamId(ctx, "id");
    gate.require(ctx, Action.LIST_VIEWERS, Resource.stream(id.name()));
    StreamRoutes.existing(router, id);
    StreamRoutes.answer(ctx, json.write(new Viewers(told(id))));
  }

  private List<ViewerView> told(StreamId id) {
    return viewers.list(id).stream().map(view -> view.with(figures.of(view.id()))).toList();
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
