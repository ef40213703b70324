package io.roadcast.signaling.terminal;

import io.javalin.config.RoutesConfig;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.live.DataBudgets;
import io.roadcast.jtt.live.DataUsage;
import io.roadcast.signaling.fleet.TerminalReference;
import io.roadcast.signaling.http.RouteSet;

/** All routes of what live streams cost. */
public final class LiveApi implements RouteSet {
  private final FleetRecords records;
  private final DataUsage usage;
  private final DataBudgets budgets;

  public LiveApi(FleetRecords records, DataUsage usage, DataBudgets budgets) {
    this.records = records;
    this.usage = usage;
    this.budgets = budgets;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    TerminalReference reference = new TerminalReference(records, tools.gate());
    new UsageRoutes(usage, budgets, records, reference, tools).install(routes);
  }
}
