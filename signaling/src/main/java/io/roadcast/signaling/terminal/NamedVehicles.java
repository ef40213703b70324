package io.roadcast.signaling.terminal;

import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.VehicleEntry;
import io.roadcast.fleet.store.Vehicles;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.RequestParameters;
import java.util.UUID;

/** Vehicles that requests name. */
final class NamedVehicles {
  private final Vehicles vehicles;
  private final Gate gate;

  NamedVehicles(Vehicles vehicles, Gate gate) {
    this.vehicles = vehicles;
    this.gate = gate;
  }

  /**
   * The vehicle of {@code {id}}, if the asker may do that to it.
   *
   * @throws ApiException UNAUTHENTICATED, FORBIDDEN, VEHICLE_NOT_FOUND
   */
  VehicleEntry require(Context ctx, Action action) {
    gate.identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.VEHICLE_NOT_FOUND);
    return gate.requireFound(
        ctx,
        action,
        vehicles.find(id),
        entry -> Resource.vehicle(entry.vehicle().organization(), id),
        () -> new ApiException(ErrorCode.VEHICLE_NOT_FOUND, "There is no such vehicle."));
  }
}
