package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.roadcast.fleet.TerminalCredentials;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.signaling.http.RouteSet;

/** All routes of the fleet. */
public final class FleetRoutes implements RouteSet {
  private final FleetRecords records;
  private final TerminalCredentials credentials;
  private final TerminalStates states;

  /**
   * @param states how terminals are at this moment
   */
  public FleetRoutes(FleetRecords records, TerminalCredentials credentials, TerminalStates states) {
    this.records = records;
    this.credentials = credentials;
    this.states = states;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    FleetViews views = new FleetViews(states);
    TerminalReference reference = new TerminalReference(records, tools.gate());
    FleetRequest request =
        new FleetRequest(records, states, tools.gate(), tools.bodies(), tools.json());
    new OrganizationRoutes(records.organizations(), request).install(routes);
    new GroupRoutes(records.groups(), request).install(routes);
    new VehicleRoutes(records.vehicles(), reference, views, request).install(routes);
    new VehicleImportRoute(records.vehicleImport(), request).install(routes);
    new TerminalRoutes(records, credentials, reference, views, request).install(routes);
    new AdoptionRoute(records, reference, views, request).install(routes);
    new ChannelRoutes(records.channels(), reference, views, request).install(routes);
    new AuditRoute(records.audit(), request).install(routes);
  }
}
