package io.roadcast.signaling.event;

import io.javalin.config.RoutesConfig;
import io.roadcast.events.rule.RuleBook;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventHandlings;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventReports;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.RuleTable;
import io.roadcast.events.webhook.DeliveryTable;
import io.roadcast.events.webhook.WebhookTable;
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
      RuleBook rules,
      EventReports reports,
      Told told) {}

  /**
   * Who is told by HTTP.
   *
   * @param wake tells whoever sends that there is something; must not block
   */
  public record Told(WebhookTable webhooks, DeliveryTable deliveries, Runnable wake) {}

  public EventApi(Stores stores, FleetRecords fleet) {
    this.stores = stores;
    this.fleet = fleet;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    EventRequest request = new EventRequest(fleet, stores.tables(), tools.gate());
    new EventRoutes(stores, fleet, request, tools.bodies(), tools.json()).install(routes);
    new EventRuleRoutes(stores, request, tools.bodies()).install(routes);
    new EventReportRoutes(stores.reports(), request).install(routes);
    new WebhookRoutes(stores.told(), request, tools.bodies(), tools.json()).install(routes);
  }
}
