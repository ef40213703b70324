package io.roadcast.signaling;

import io.roadcast.events.rule.RuleBook;
import io.roadcast.events.store.EventChanges;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventHandlings;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventReports;
import io.roadcast.events.store.EventSequencer;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.RuleTable;
import io.roadcast.events.webhook.DeliveryTable;
import io.roadcast.events.webhook.WebhookDispatcher;
import io.roadcast.events.webhook.WebhookTable;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.position.DrivenKilometres;
import io.roadcast.signaling.event.EventApi;
import io.roadcast.signaling.ws.EventFeed;
import java.time.InstantSource;

/** Events of a server under test. */
public final class TestEvents implements AutoCloseable {
  public final EventTables tables;
  public final EventChanges changes;
  public final EventSequencer sequencer;
  public final EventEvidence evidence;
  public final EventIntake intake;
  private final EventApi.Stores stores;
  private final WebhookDispatcher webhooks;

  TestEvents(Database database) {
    InstantSource clock = InstantSource.system();
    tables = new EventTables(database);
    changes = new EventChanges(database);
    sequencer = new EventSequencer(changes);
    evidence = new EventEvidence(database, sequencer::wake);
    RuleTable ruleTable = new RuleTable(database);
    RuleBook rules = rules(ruleTable);
    intake = new EventIntake(database, rules, clock, sequencer::wake);
    EventHandlings handlings = new EventHandlings(database, clock, sequencer::wake);
    webhooks = new WebhookDispatcher(database, tables, evidence, clock);
    stores =
        new EventApi.Stores(
            tables,
            intake,
            evidence,
            handlings,
            ruleTable,
            rules,
            new EventReports(database, tables, new DrivenKilometres(database)),
            new EventApi.Told(
                new WebhookTable(database), new DeliveryTable(database), webhooks::wake));
  }

  private static RuleBook rules(RuleTable table) {
    try {
      return RuleBook.open(table, null);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public EventApi api(FleetRecords fleet) {
    return new EventApi(stores, fleet);
  }

  void tell(SignalingServer server) {
    sequencer.onChange(server.offerEvents(new EventFeed(changes, evidence, tables, sequencer)));
    sequencer.onChange(numbered -> webhooks.wake());
    sequencer.start();
    webhooks.start();
  }

  @Override
  public void close() {
    webhooks.close();
    sequencer.close();
    stores.rules().close();
  }
}
