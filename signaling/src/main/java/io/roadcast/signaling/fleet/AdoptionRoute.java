package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.UnknownTerminal;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.fleet.store.UnknownTerminals;
import io.roadcast.signaling.fleet.FleetRequest.Subject;
import io.roadcast.signaling.fleet.TerminalReference.Named;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.io.IOException;
import java.util.UUID;

/**
 * Makes a terminal that came by one of ours: with a vehicle, or as another number of a known one.
 */
final class AdoptionRoute {
  private final FleetRecords records;
  private final TerminalReference reference;
  private final FleetViews views;
  private final FleetRequest request;

  AdoptionRoute(
      FleetRecords records, TerminalReference reference, FleetViews views, FleetRequest request) {
    this.records = records;
    this.reference = reference;
    this.views = views;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.post("/api/v1/terminals/{id}/adopt", this::adopt);
  }

  private void adopt(Context ctx) throws IOException {
    Named named = reference.require(ctx, Action.CHANGE_FLEET);
    Fields fields = request.optionalFields(ctx);
    UnknownTerminal unknown =
        switch (named) {
          case Named.Unadopted(UnknownTerminal terminal) -> terminal;
          case Named.Adopted adopted ->
              throw new ApiException(
                  ErrorCode.TERMINAL_EXISTS, "This terminal has been adopted already.");
        };
    Terminal adopted =
        fields.text("terminal").isPresent()
            ? adoptAs(ctx, fields, unknown)
            : adoptAnew(ctx, fields, unknown);
    request.answer(ctx, adopted.revision(), views.terminal(adopted));
  }

  private Terminal adoptAs(Context ctx, Fields fields, UnknownTerminal unknown) {
    UUID terminal = reference.idOf(fields.text("terminal").orElseThrow());
    return request.audited(
        ctx,
        new Subject("terminal.adopt", "terminal", null, unknown.id().toString()),
        () -> records.unknownTerminals().adoptAs(unknown.id(), terminal),
        adopted -> adopted.id().toString());
  }

  private Terminal adoptAnew(Context ctx, Fields fields, UnknownTerminal unknown) {
    UUID organization = request.organization(fields);
    request.require(ctx, Action.CHANGE_FLEET, Resource.organization(organization));
    UnknownTerminals.Adoption wish =
        new UnknownTerminals.Adoption(
            fields.uuid("vehicle", null),
            fields.text("plate", null),
            VehicleRoutes.color(fields, null),
            fields.text("name", null),
            fields.uuid("group", null));
    return request.audited(
        ctx,
        new Subject("terminal.adopt", "terminal", organization, unknown.id().toString()),
        () -> records.unknownTerminals().adopt(unknown.id(), organization, wish),
        adopted -> adopted.id().toString());
  }
}
