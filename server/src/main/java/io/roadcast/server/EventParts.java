package io.roadcast.server;

import io.roadcast.events.action.ActionFailedException;
import io.roadcast.events.action.AttachmentRequests;
import io.roadcast.events.action.ClipMaker;
import io.roadcast.events.action.EventActions;
import io.roadcast.events.action.RecordingRequests;
import io.roadcast.events.rule.RuleBook;
import io.roadcast.events.rule.RuleException;
import io.roadcast.events.store.EventChanges;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventHandlings;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventReports;
import io.roadcast.events.store.EventSequencer;
import io.roadcast.events.store.EventSweep;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.RuleTable;
import io.roadcast.events.webhook.DeliveryTable;
import io.roadcast.events.webhook.WebhookDispatcher;
import io.roadcast.events.webhook.WebhookTable;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.journal.JournalFollower;
import io.roadcast.jtt.position.DrivenKilometres;
import io.roadcast.jtt.safety.EventWriter;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.EventMetrics;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.WebhookMetrics;
import io.roadcast.signaling.SignalingServer;
import io.roadcast.signaling.event.EventApi;
import io.roadcast.signaling.ws.EventFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries events from the journal to the tables, has something done about them, tells of them. */
final class EventParts {
  private static final Logger LOG = LoggerFactory.getLogger(EventParts.class);

  /** How many positions of the journal are looked at in one transaction. */
  private static final int BATCH = 1000;

  private static final Duration SWEEP = Duration.ofSeconds(10);

  /** Reports that come again later than this would be taken for new ones. */
  private static final Duration REPORTS_KEPT = Duration.ofDays(90);

  private static final Duration TASKS_KEPT = Duration.ofDays(7);

  /** What webhooks were told, and what nobody took. */
  private static final Duration TOLD_KEPT = Duration.ofDays(7);

  private static final Duration DEAD_KEPT = Duration.ofDays(30);
  private static final String NOT_AVAILABLE = "NOT_AVAILABLE";

  private final EventTables tables;
  private final EventEvidence evidence;
  private final EventSequencer sequencer;
  private final EventActions actions;
  private final EventSweep sweep;
  private final WebhookDispatcher webhooks;
  private final Duration numbersKept;
  private final EventApi.Stores stores;
  private final EventFeed feed;
  private final FleetRecords fleet;
  private volatile AttachmentRequests attachments =
      event -> {
        throw ActionFailedException.later(NOT_AVAILABLE);
      };
  private volatile ClipMaker clips =
      (event, channels, from, to) -> {
        throw ActionFailedException.later(NOT_AVAILABLE);
      };
  private Instant forgottenAt = Instant.EPOCH;

  /**
   * Starts them.
   *
   * @throws StartException if the rules can not be read
   */
  EventParts(
      ServerConfig config,
      Parts parts,
      Health health,
      Metrics metrics,
      Database database,
      FleetRecords fleet,
      TerminalParts terminals,
      RecordingRequests recordings)
      throws StartException {
    this.fleet = fleet;
    InstantSource clock = InstantSource.system();
    numbersKept = config.events().resumeWindow();
    tables = new EventTables(database);
    EventChanges changes = new EventChanges(database);
    sequencer = parts.add("event-sequencer", new EventSequencer(changes));
    evidence = new EventEvidence(database, sequencer::wake);
    actions =
        parts.add(
            "event-actions",
            new EventActions(
                database,
                tables,
                new EventActions.Doers(
                    event -> attachments.ask(event),
                    (event, channels, from, to) -> clips.cut(event, channels, from, to),
                    recordings,
                    new DriverTextCommands(terminals.commands(), terminals.gateway().links())),
                clock));
    RuleTable ruleTable = new RuleTable(database);
    RuleBook rules = parts.add("event-rules", rules(config, ruleTable));
    health.checkHelpful("event-rules", rules::problem);
    EventIntake intake = new EventIntake(database, rules, clock, this::committed);
    JournalFollower follower =
        parts.add(
            "events",
            new JournalFollower(
                terminals.journal(),
                database,
                TerminalParts.EVENTS,
                new EventWriter(intake, terminals.ownership()),
                BATCH));
    health.checkHelpful("events", follower::problem);
    metrics.add(new EventMetrics(intake, actions, follower));
    EventHandlings handlings = new EventHandlings(database, clock, sequencer::wake);
    webhooks = parts.add("webhooks", new WebhookDispatcher(database, tables, evidence, clock));
    metrics.add(new WebhookMetrics(webhooks));
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
    feed = new EventFeed(changes, evidence, tables, sequencer);
    sweep = new EventSweep(database, changes, sequencer::wake);
    rules.start();
    follower.start();
    startSweeping(parts);
  }

  private static RuleBook rules(ServerConfig config, RuleTable table) throws StartException {
    Path file = config.events().rulesFile();
    try {
      return RuleBook.open(table, file.toString().isEmpty() ? null : file);
    } catch (IOException | RuleException wrong) {
      throw new StartException("events.rules-file " + file + ": " + wrong.getMessage(), wrong);
    }
  }

  private void committed() {
    sequencer.wake();
    actions.wake();
  }

  private void startSweeping(Parts parts) {
    ScheduledExecutorService sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("event-sweep").daemon().factory());
    parts.add("event-sweep", sweeper::shutdownNow);
    var unused =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
  }

  private void sweep() {
    Instant now = Instant.now();
    try {
      sweep.expire(now);
      webhooks.count();
      if (forgottenAt.plus(Duration.ofHours(1)).isBefore(now)) {
        sweep.forget(now, numbersKept, REPORTS_KEPT);
        actions.forgetBefore(now.minus(TASKS_KEPT));
        webhooks.forget(now.minus(TOLD_KEPT), now.minus(DEAD_KEPT));
        forgottenAt = now;
      }
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[events] nothing is swept now: {}", away.getMessage());
    } catch (RuntimeException mistake) {
      LOG.error("[events] old ones could not be swept", mistake);
    }
  }

  /** From now on rules get what they ask for. */
  void collectEvidence(AttachmentRequests requests, ClipMaker maker) {
    attachments = requests;
    clips = maker;
  }

  EventTables tables() {
    return tables;
  }

  EventEvidence evidence() {
    return evidence;
  }

  EventApi api() {
    return new EventApi(stores, fleet);
  }

  /** From now on clients are told, and tasks are done. */
  void tell(SignalingServer signaling) {
    sequencer.onChange(signaling.offerEvents(feed));
    sequencer.onChange(numbered -> webhooks.wake());
    sequencer.start();
    actions.start();
    webhooks.start();
  }
}
