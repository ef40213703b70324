package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Vehicle;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.VehicleDraft;
import io.roadcast.fleet.store.VehicleEntry;
import io.roadcast.fleet.store.Vehicles;
import io.roadcast.signaling.fleet.FleetRequest.Subject;
import io.roadcast.signaling.fleet.FleetViews.InstallationList;
import io.roadcast.signaling.fleet.FleetViews.InstallationView;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The vehicles. */
final class VehicleRoutes {
  private static final String PATH = "/api/v1/vehicles";
  private static final String KIND = "vehicle";

  private final Vehicles vehicles;
  private final TerminalReference terminals;
  private final FleetViews views;
  private final FleetRequest request;

  VehicleRoutes(
      Vehicles vehicles, TerminalReference terminals, FleetViews views, FleetRequest request) {
    this.vehicles = vehicles;
    this.terminals = terminals;
    this.views = views;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.get(PATH, this::list);
    routes.post(PATH, this::create);
    routes.get(PATH + "/{id}", this::show);
    routes.patch(PATH + "/{id}", this::change);
    routes.delete(PATH + "/{id}", this::remove);
    routes.get(PATH + "/{id}/installations", this::installations);
  }

  private void list(Context ctx) {
    var scope = request.scope(ctx, Action.VIEW_FLEET);
    Vehicles.Filter filter =
        new Vehicles.Filter(FleetRequest.query(ctx), group(ctx), request.presence(ctx));
    request.answer(ctx, vehicles.list(scope, filter, request.wish(ctx)), views::vehicle);
  }

  private static @Nullable UUID group(Context ctx) {
    String text = ctx.queryParam("group");
    if (text == null || text.isEmpty()) {
      return null;
    }
    return Fields.asUuid(text)
        .orElseThrow(
            () -> new ApiException(ErrorCode.INVALID_PARAMETER, "group is the id of a group."));
  }

  private void create(Context ctx) throws IOException {
    request.identify(ctx);
    Fields fields = request.fields(ctx);
    UUID organization = request.organization(fields);
    request.require(ctx, Action.CHANGE_FLEET, Resource.organization(organization));
    VehicleEntry made =
        request.audited(
            ctx,
            new Subject("vehicle.create", KIND, organization, null),
            () ->
                vehicles.create(
                    organization,
                    new VehicleDraft(
                        fields.uuid("group", null),
                        fields.text("plate").orElse(""),
                        color(fields, null),
                        fields.text("name", null),
                        terminal(fields, null))),
            entry -> entry.vehicle().id().toString());
    Vehicle vehicle = made.vehicle();
    request.answerCreated(ctx, PATH + "/" + vehicle.id(), vehicle.revision(), views.vehicle(made));
  }

  private void show(Context ctx) {
    VehicleEntry found = permitted(ctx, Action.VIEW_FLEET);
    request.answer(ctx, found.vehicle().revision(), views.vehicle(found));
  }

  private void change(Context ctx) throws IOException {
    Vehicle present = permitted(ctx, Action.CHANGE_FLEET).vehicle();
    Long version = FleetRequest.version(ctx);
    Fields fields = request.fields(ctx);
    if (!fields
        .uuid("organization")
        .orElse(present.organization())
        .equals(present.organization())) {
      throw Fields.invalid("A vehicle stays with its organization.");
    }
    VehicleEntry changed =
        request.audited(
            ctx,
            subject("vehicle.change", present),
            () -> vehicles.change(present.id(), version, draft -> changed(fields, draft)),
            entry -> entry.vehicle().id().toString());
    request.answer(ctx, changed.vehicle().revision(), views.vehicle(changed));
  }

  private VehicleDraft changed(Fields fields, VehicleDraft draft) {
    String plate = fields.text("plate", draft.plate());
    return new VehicleDraft(
        fields.uuid("group", draft.group()),
        plate == null ? "" : plate,
        color(fields, draft.plateColor()),
        fields.text("name", draft.name()),
        terminal(fields, draft.terminal()));
  }

  /** A terminal is named by its id or by a number of it. */
  private @Nullable UUID terminal(Fields fields, @Nullable UUID otherwise) {
    if (!fields.has("terminal")) {
      return otherwise;
    }
    String text = fields.text("terminal", null);
    return text == null ? null : terminals.idOf(text);
  }

  static @Nullable PlateColor color(Fields fields, @Nullable PlateColor otherwise) {
    if (!fields.has("plate_color")) {
      return otherwise;
    }
    String label = fields.text("plate_color", null);
    if (label == null) {
      return null;
    }
    return PlateColor.ofLabel(label)
        .orElseThrow(() -> Fields.invalid("\"plate_color\" is none that there is."));
  }

  private void remove(Context ctx) {
    Vehicle present = permitted(ctx, Action.CHANGE_FLEET).vehicle();
    Long version = FleetRequest.version(ctx);
    request.audited(
        ctx, subject("vehicle.remove", present), () -> vehicles.remove(present.id(), version));
    ctx.status(204);
  }

  private void installations(Context ctx) {
    UUID vehicle = permitted(ctx, Action.VIEW_FLEET).vehicle().id();
    request.answer(
        ctx,
        new InstallationList(
            vehicles.installations(vehicle).stream().map(InstallationView::of).toList()));
  }

  private static Subject subject(String action, Vehicle vehicle) {
    return new Subject(action, KIND, vehicle.organization(), vehicle.id().toString());
  }

  private VehicleEntry permitted(Context ctx, Action action) {
    request.identify(ctx);
    return request.requireFound(
        ctx,
        action,
        vehicles.find(FleetRequest.id(ctx, ErrorCode.VEHICLE_NOT_FOUND)),
        entry -> Resource.vehicle(entry.vehicle().organization(), entry.vehicle().id()),
        () -> new ApiException(ErrorCode.VEHICLE_NOT_FOUND, "There is no such vehicle."));
  }
}
