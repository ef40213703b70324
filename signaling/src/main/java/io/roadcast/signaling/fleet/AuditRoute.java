package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.signaling.fleet.FleetViews.AuditView;

/** Who did what. */
final class AuditRoute {
  private final AuditTrail audit;
  private final FleetRequest request;

  AuditRoute(AuditTrail audit, FleetRequest request) {
    this.audit = audit;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/audit", this::list);
  }

  private void list(Context ctx) {
    var scope = request.scope(ctx, Action.READ_AUDIT);
    request.answer(ctx, audit.list(scope, request.wish(ctx)), AuditView::of);
  }
}
