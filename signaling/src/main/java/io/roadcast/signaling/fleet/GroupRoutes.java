package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.Group;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.Groups;
import io.roadcast.signaling.fleet.FleetRequest.Subject;
import io.roadcast.signaling.fleet.FleetViews.GroupView;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.io.IOException;
import java.util.UUID;

/** Groups of vehicles. */
final class GroupRoutes {
  private static final String PATH = "/api/v1/groups";
  private static final String KIND = "group";

  private final Groups groups;
  private final FleetRequest request;

  GroupRoutes(Groups groups, FleetRequest request) {
    this.groups = groups;
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
    request.answer(ctx, groups.list(scope, request.wish(ctx)), GroupView::of);
  }

  private void create(Context ctx) throws IOException {
    request.identify(ctx);
    Fields fields = request.fields(ctx);
    UUID organization = request.organization(fields);
    request.require(ctx, Action.CHANGE_FLEET, Resource.organization(organization));
    Group made =
        request.audited(
            ctx,
            new Subject("group.create", KIND, organization, null),
            () ->
                groups.create(
                    organization,
                    new Groups.Draft(fields.uuid("parent", null), fields.text("name").orElse(""))),
            group -> group.id().toString());
    request.answerCreated(ctx, PATH + "/" + made.id(), made.revision(), GroupView.of(made));
  }

  private void show(Context ctx) {
    Group found = permitted(ctx, Action.VIEW_FLEET);
    request.answer(ctx, found.revision(), GroupView.of(found));
  }

  private void change(Context ctx) throws IOException {
    Group present = permitted(ctx, Action.CHANGE_FLEET);
    Long version = FleetRequest.version(ctx);
    Fields fields = request.fields(ctx);
    Group changed =
        request.audited(
            ctx,
            subject("group.change", present),
            () ->
                groups.change(
                    present.id(),
                    version,
                    draft ->
                        new Groups.Draft(
                            fields.uuid("parent", draft.parent()), textOf(fields, draft.name()))),
            group -> group.id().toString());
    request.answer(ctx, changed.revision(), GroupView.of(changed));
  }

  private static String textOf(Fields fields, String otherwise) {
    String name = fields.text("name", otherwise);
    return name == null ? "" : name;
  }

  private void remove(Context ctx) {
    Group present = permitted(ctx, Action.CHANGE_FLEET);
    Long version = FleetRequest.version(ctx);
    request.audited(
        ctx, subject("group.remove", present), () -> groups.remove(present.id(), version));
    ctx.status(204);
  }

  private static Subject subject(String action, Group group) {
    return new Subject(action, KIND, group.organization(), group.id().toString());
  }

  private Group permitted(Context ctx, Action action) {
    request.identify(ctx);
    return request.requireFound(
        ctx,
        action,
        groups.find(FleetRequest.id(ctx, ErrorCode.GROUP_NOT_FOUND)),
        group -> Resource.organization(group.organization()),
        () -> new ApiException(ErrorCode.GROUP_NOT_FOUND, "There is no such group."));
  }
}
