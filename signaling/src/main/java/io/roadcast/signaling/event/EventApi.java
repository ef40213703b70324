package io.roadcast.signaling.event;

import io.javalin.config.RoutesConfig;
import io.roadcast.events.rule.RuleBook;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventHandlings;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.RuleTable;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.signaling.http.RouteSet;

/** All routes of events. */
public final class EventApi implements RouteSet {
  private final Stores stores;
  private final FleetRecords fleet;

  /** Where events are. */
  public record Stores(
      EventTables tables,
      EventIntake intake,
      EventEvidence evidence,
      EventHandlings handlings,
      RuleTable ruleTable,
      RuleBook rules) {}

  public EventApi(Stores stores, FleetRecords fleet) {
    this.stores = stores;
    this.fleet = fleet;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    EventRequest request = new EventRequest(fleet, stores.tables(), tools.gate());
    new EventRoutes(stores, fleet, request, tools.bodies(), tools.json()).install(routes);
    new EventRuleRoutes(stores, request, tools.bodies()).install(routes);
  }
}
