package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.Organization;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.Organizations;
import io.roadcast.signaling.fleet.FleetRequest.Subject;
import io.roadcast.signaling.fleet.FleetViews.OrganizationView;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.io.IOException;
import java.util.UUID;

/** Who owns vehicles. */
final class OrganizationRoutes {
  private static final String PATH = "/api/v1/organizations";
  private static final String KIND = "organization";

  private final Organizations organizations;
  private final FleetRequest request;

  OrganizationRoutes(Organizations organizations, FleetRequest request) {
    this.organizations = organizations;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.get(PATH, this::list);
    routes.post(PATH, this::create);
    routes.get(PATH + "/{id}", this::show);
    routes.patch(PATH + "/{id}", this::change);
    routes.delete(PATH + "/{id}", this::remove);
  }

  private void list(Context ctx) {
    var scope = request.scope(ctx, Action.VIEW_FLEET);
    request.answer(ctx, organizations.list(scope, request.wish(ctx)), OrganizationView::of);
  }

  private void create(Context ctx) throws IOException {
    request.require(ctx, Action.CHANGE_FLEET, Resource.whole());
    String name = request.fields(ctx).text("name").orElse("");
    Organization made =
        request.audited(
            ctx,
            new Subject("organization.create", KIND, null, null),
            () -> organizations.create(name),
            organization -> organization.id().toString());
    request.answerCreated(ctx, PATH + "/" + made.id(), made.revision(), OrganizationView.of(made));
  }

  private void show(Context ctx) {
    request.identify(ctx);
    UUID id = id(ctx);
    request.require(ctx, Action.VIEW_FLEET, Resource.organization(id));
    Organization found =
        organizations
            .find(id)
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.ORGANIZATION_NOT_FOUND, "There is no such organization."));
    request.answer(ctx, found.revision(), OrganizationView.of(found));
  }

  private void change(Context ctx) throws IOException {
    request.identify(ctx);
    UUID id = id(ctx);
    request.require(ctx, Action.CHANGE_FLEET, Resource.organization(id));
    Long version = FleetRequest.version(ctx);
    Fields fields = request.fields(ctx);
    Organization changed =
        request.audited(
            ctx,
            new Subject("organization.change", KIND, id, id.toString()),
            () -> organizations.rename(id, version, fields.text("name").orElse("")),
            organization -> organization.id().toString());
    request.answer(ctx, changed.revision(), OrganizationView.of(changed));
  }

  private void remove(Context ctx) {
    request.require(ctx, Action.CHANGE_FLEET, Resource.whole());
    UUID id = id(ctx);
    Long version = FleetRequest.version(ctx);
    request.audited(
        ctx,
        new Subject("organization.remove", KIND, id, id.toString()),
        () -> organizations.remove(id, version));
    ctx.status(204);
  }

  private static UUID id(Context ctx) {
    return FleetRequest.id(ctx, ErrorCode.ORGANIZATION_NOT_FOUND);
  }
}
