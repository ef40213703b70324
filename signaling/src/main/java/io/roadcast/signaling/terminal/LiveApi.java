package io.roadcast.signaling.terminal;

import io.javalin.config.RoutesConfig;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.live.ChannelControls;
import io.roadcast.jtt.live.DataBudgets;
import io.roadcast.jtt.live.DataUsage;
import io.roadcast.jtt.live.TerminalUplinks;
import io.roadcast.signaling.fleet.TerminalReference;
import io.roadcast.signaling.fleet.TerminalStates;
import io.roadcast.signaling.http.RouteSet;

/** All routes of what live streams cost, how they came in, and what changes them. */
public final class LiveApi implements RouteSet {
  private final FleetRecords records;
  private final TerminalStates states;
  private final DataUsage usage;
  private final TerminalUplinks uplinks;
  private final DataBudgets budgets;
  private final ChannelControls controls;

  public LiveApi(
      FleetRecords records,
      TerminalStates states,
      DataUsage usage,
      TerminalUplinks uplinks,
      DataBudgets budgets,
      ChannelControls controls) {
    this.records = records;
    this.states = states;
    this.usage = usage;
    this.uplinks = uplinks;
    this.budgets = budgets;
    this.controls = controls;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    TerminalReference reference = new TerminalReference(records, tools.gate());
    new UsageRoutes(usage, budgets, records, reference, tools).install(routes);
    new UplinkRoute(uplinks, reference, tools).install(routes);
    new ChannelControlRoute(controls, states, records, new NamedTerminals(reference), tools)
        .install(routes);
  }
}
