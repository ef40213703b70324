package io.roadcast.signaling.terminal;

import io.javalin.config.RoutesConfig;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.command.CommandDesk;
import io.roadcast.jtt.multimedia.MediaStore;
import io.roadcast.jtt.position.PositionTables;
import io.roadcast.jtt.safety.PeripheralTable;
import io.roadcast.signaling.fleet.TerminalReference;
import io.roadcast.signaling.fleet.TerminalStates;
import io.roadcast.signaling.http.RouteSet;

/** All routes of positions, tracks, commands, peripherals and pictures. */
public final class TerminalApi implements RouteSet {
  private final FleetRecords records;
  private final TerminalStates states;
  private final PositionTables positions;
  private final CommandDesk commands;
  private final MediaStore media;
  private final PeripheralTable peripherals;

  public TerminalApi(
      FleetRecords records,
      TerminalStates states,
      PositionTables positions,
      CommandDesk commands,
      MediaStore media,
      PeripheralTable peripherals) {
    this.records = records;
    this.states = states;
    this.positions = positions;
    this.commands = commands;
    this.media = media;
    this.peripherals = peripherals;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    NamedTerminals terminals = new NamedTerminals(new TerminalReference(records, tools.gate()));
    NamedVehicles vehicles = new NamedVehicles(records.vehicles(), tools.gate());
    new PositionRoutes(positions, states, vehicles, terminals, tools.json()).install(routes);
    new CommandRoutes(commands, records, terminals, tools).install(routes);
    new PeripheralRoutes(peripherals, terminals, tools.json()).install(routes);
    new MediaRoutes(media, records.audit(), vehicles, terminals, tools).install(routes);
  }
}
