package io.roadcast.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventChange;
import io.roadcast.events.store.EventChanges;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.webhook.Delivery.State;
import io.roadcast.events.webhook.DeliveryTable.Place;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WebhookDispatcherTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(60);

  private final TestDatabase database = TestDatabase.create();
  private final EventTables tables = new EventTables(database.database());
  private final EventEvidence evidence = new EventEvidence(database.database(), () -> {});
  private final EventChanges changes = new EventChanges(database.database());
  private final WebhookTable webhooks = new WebhookTable(database.database());
  private final DeliveryTable deliveries = new DeliveryTable(database.database());
  private final Receiver receiver = new Receiver();
  private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final EventIntake intake =
      new EventIntake(
          database.database(), (event, groups) -> Verdict.plain(event), () -> now, () -> {});
  private final WebhookDispatcher dispatcher =
      new WebhookDispatcher(database.database(), tables, evidence, receiver, () -> now);

  /** What came, and whether it is taken. */
  private static final class Receiver implements WebhookPost {
    record Message(UUID id, UUID webhook, JsonNode body) {
      String terminal() {
        return body.path("event").path("deviceId").asText();
      }

      String source() {
        return body.path("event").path("source").asText();
      }

      long number() {
        return body.path("number").asLong();
      }
    }

    final List<Message> taken = new CopyOnWriteArrayList<>();
    final Set<String> poison = new HashSet<>();
    volatile boolean down;
    volatile boolean upAtPing;
    volatile int tries;

    @Override
    public synchronized void send(Webhook webhook, UUID delivery, String body)
        throws NotTakenException {
      tries++;
      Message message;
      try {
        message = new Message(delivery, webhook.id(), JSON.readTree(body));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      boolean ping = message.body().path("type").asText().equals("ping");
      if (ping && upAtPing) {
        down = false;
      }
      if (down || poison.contains(message.source())) {
        throw new NotTakenException("STATUS_500");
      }
      if (!ping) {
        taken.add(message);
      }
    }

    List<Long> numbers(String terminal) {
      return taken.stream()
          .filter(each -> each.terminal().equals(terminal))
          .map(Message::number)
          .toList();
    }
  }

  @AfterEach
  void close() {
    dispatcher.close();
    database.close();
  }

  @Test
  void tellsEachChangeOnceAndInOrderOfItsTerminal() {
    Webhook webhook = webhook(Webhook.Wanted.ALL);
    dispatcher.start();
    report("139", "a", Phase.BEGIN, 40);
    report("140", "a", Phase.POINT, 25);
    await().atMost(SOON).until(() -> receiver.taken.size() == 65 + 39);
    for (String terminal : List.of("139", "140")) {
      assertThat(receiver.numbers(terminal)).isSorted().doesNotHaveDuplicates();
    }
    assertThat(receiver.taken).extracting(Receiver.Message::id).doesNotHaveDuplicates();
    assertThat(receiver.taken.getFirst().body().path("type").asText()).isEqualTo("event.created");
    await().atMost(SOON).until(() -> deliveries.count(State.DELIVERED) == 104);
    assertThat(deliveries.list(webhook.id(), State.DELIVERED, Place.FIRST, 500)).hasSize(104);
    assertThat(dispatcher.delivered()).isEqualTo(104);
  }

  @Test
  void aReceiverThatWasDownIsToldAllInOrderAfterwards() {
    receiver.down = true;
    webhook(Webhook.Wanted.ALL);
    dispatcher.start();
    report("139", "a", Phase.POINT, 20);
    report("140", "a", Phase.POINT, 20);
    await().atMost(SOON).until(() -> receiver.tries >= 2 && dispatcher.failures() >= 2);
    now = now.plus(Duration.ofMinutes(5));
    report("139", "b", Phase.POINT, 20);
    receiver.down = false;
    await()
        .atMost(SOON)
        .until(
            () -> {
              now = now.plusSeconds(60);
              dispatcher.wake();
              return receiver.taken.size() == 60;
            });
    assertThat(receiver.numbers("139")).hasSize(40).isSorted().doesNotHaveDuplicates();
    assertThat(receiver.numbers("140")).hasSize(20).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aPoisonEventIsSetAsideWhenAPingIsTakenAndKeptWhenItDied() {
    Webhook webhook = webhook(Webhook.Wanted.ALL);
    receiver.poison.add("poison");
    report("139", "poison", Phase.POINT, 2);
    report("139", "a", Phase.POINT, 3);
    report("140", "a", Phase.POINT, 3);
    dispatcher.start();
    await().atMost(SOON).until(() -> receiver.numbers("140").size() == 3);
    assertThat(receiver.numbers("139")).isEmpty();
    passMinutesUntil(() -> receiver.numbers("139").size() == 3);
    assertThat(receiver.numbers("139")).isSorted();
    await().atMost(SOON).until(() -> dispatcher.aside() == 2);
    report("139", "b", Phase.POINT, 2);
    await().atMost(SOON).until(() -> receiver.numbers("139").size() == 5);
    Delivery aside = deliveries.list(webhook.id(), State.ASIDE, Place.FIRST, 10).getLast();
    assertThat(aside.reason()).isEqualTo("STATUS_500");
    assertThat(aside.refusals()).isGreaterThanOrEqualTo(WebhookDispatcher.OFTEN_REFUSED);
    now = now.plus(WebhookDispatcher.LIFE).plusSeconds(61);
    dispatcher.wake();
    await().atMost(SOON).until(() -> deliveries.count(State.DEAD) == 2);
    assertThat(dispatcher.dead()).isEqualTo(2);
    receiver.poison.clear();
    assertThat(deliveries.sendAgain(webhook.id(), aside.id(), now)).isEqualTo(1);
    dispatcher.wake();
    await().atMost(SOON).until(() -> receiver.numbers("139").contains(aside.number()));
    assertThat(deliveries.sendAgain(webhook.id(), null, now)).isEqualTo(1);
  }

  @Test
  void whatWasSetAsideIsToldOnceItIsTaken() {
    webhook(Webhook.Wanted.ALL);
    receiver.poison.add("poison");
    report("139", "poison", Phase.POINT, 1);
    report("139", "a", Phase.POINT, 1);
    dispatcher.start();
    passMinutesUntil(() -> deliveries.count(State.ASIDE) == 1);
    receiver.poison.clear();
    passMinutesUntil(() -> deliveries.count(State.DELIVERED) == 2);
    assertThat(receiver.taken).extracting(Receiver.Message::id).doesNotHaveDuplicates();
  }

  @Test
  void aReceiverThatRefusesAllForLongIsToldAllInOrderAfterwards() {
    receiver.down = true;
    webhook(Webhook.Wanted.ALL);
    report("139", "a", Phase.POINT, 30);
    dispatcher.start();
    passMinutesUntil(() -> receiver.tries > 4 * WebhookDispatcher.OFTEN_REFUSED);
    assertThat(deliveries.count(State.ASIDE)).isZero();
    receiver.down = false;
    passMinutesUntil(() -> receiver.taken.size() == 30);
    assertThat(receiver.numbers("139")).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aReceiverThatComesBackWhenItIsAskedIsToldInOrder() {
    receiver.down = true;
    receiver.upAtPing = true;
    webhook(Webhook.Wanted.ALL);
    report("139", "a", Phase.POINT, 5);
    dispatcher.start();
    passMinutesUntil(() -> receiver.taken.size() == 5);
    assertThat(receiver.numbers("139")).isSorted().doesNotHaveDuplicates();
    assertThat(dispatcher.aside()).isZero();
  }

  private void passMinutesUntil(Callable<Boolean> done) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              now = now.plusSeconds(60);
              dispatcher.wake();
              return done.call();
            });
  }

  @Test
  void isToldOnlyWhatItWants() {
    UUID ours = TimeOrderedId.next();
    UUID group = TimeOrderedId.next();
    UUID inner = TimeOrderedId.next();
    database
        .database()
        .useTransaction(
            handle -> {
              handle.execute("INSERT INTO organization (id, name) VALUES (?, 'ours')", ours);
              handle.execute(
                  "INSERT INTO vehicle_group (id, organization_id, name) VALUES (?, ?, 'outer')",
                  group,
                  ours);
              handle.execute(
                  "INSERT INTO vehicle_group (id, organization_id, name, parent_id)"
                      + " VALUES (?, ?, 'inner', ?)",
                  inner,
                  ours,
                  group);
            });
    Set<EventChange> all = Set.of(EventChange.values());
    Webhook severe = webhook(new Webhook.Wanted(null, null, null, Severity.CRITICAL, all));
    Webhook other = webhook(new Webhook.Wanted("141", null, null, Severity.INFO, all));
    Webhook kind = webhook(new Webhook.Wanted(null, null, EventKind.BSD, Severity.INFO, all));
    Webhook ends =
        webhook(new Webhook.Wanted(null, null, null, Severity.INFO, Set.of(EventChange.ENDED)));
    Webhook grouped = webhook(new Webhook.Wanted(null, group, null, Severity.INFO, all));
    intake.report(
        List.of(report("139", "a", Phase.POINT, 0, new EventOwner(null, null, inner, ours))));
    changes.number(100);
    assertThat(waiting(severe)).isZero();
    assertThat(waiting(other)).isZero();
    assertThat(waiting(kind)).isZero();
    assertThat(waiting(ends)).isZero();
    assertThat(waiting(grouped)).isEqualTo(1);
  }

  @Test
  void whatBelongsToAnotherOrganizationIsNotTold() {
    UUID ours = TimeOrderedId.next();
    Webhook webhook =
        new Webhook(
            TimeOrderedId.next(),
            ours,
            "ours",
            URI.create("http://example.org/"),
            WebhookSecret.random(),
            true,
            Webhook.Wanted.ALL,
            now);
    webhooks.put(webhook, "test");
    intake.report(
        List.of(
            report("139", "a", Phase.POINT, 0, EventOwner.NOBODY),
            report("139", "a", Phase.POINT, 1, new EventOwner(null, null, null, ours)),
            report(
                "139",
                "a",
                Phase.POINT,
                2,
                new EventOwner(null, null, null, TimeOrderedId.next()))));
    changes.number(100);
    assertThat(waiting(webhook)).isEqualTo(1);
  }

  @Test
  void aTransactionThatFailsLeavesNothingToTell() {
    Webhook webhook = webhook(Webhook.Wanted.ALL);
    try {
      database
          .database()
          .useTransaction(
              handle -> {
                intake.write(
                    handle, List.of(report("139", "a", Phase.POINT, 0, EventOwner.NOBODY)));
                throw new IllegalStateException("rolled back");
              });
    } catch (RuntimeException expected) {
      // As intended.
    }
    changes.number(100);
    assertThat(waiting(webhook)).isZero();
    assertThat(deliveries.count(State.WAITING)).isZero();
  }

  private int waiting(Webhook webhook) {
    return deliveries.list(webhook.id(), State.WAITING, Place.FIRST, 100).size();
  }

  private Webhook webhook(Webhook.Wanted wanted) {
    Webhook webhook =
        new Webhook(
            TimeOrderedId.next(),
            null,
            "test",
            URI.create("http://127.0.0.1:9/"),
            WebhookSecret.random(),
            true,
            wanted,
            now);
    webhooks.put(webhook, "test");
    assertThat(webhooks.find(webhook.id()).orElseThrow().wanted()).isEqualTo(wanted);
    return webhook;
  }

  /** A beginning ends the one before it. */
  private List<SafetyEvent> report(String terminal, String source, Phase phase, int count) {
    List<EventReport> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reports.add(report(terminal, source, phase, i, EventOwner.NOBODY));
    }
    List<SafetyEvent> fresh = new ArrayList<>();
    reports.forEach(each -> fresh.addAll(intake.report(List.of(each))));
    changes.number(1000);
    dispatcher.wake();
    return fresh;
  }

  private EventReport report(
      String terminal, String source, Phase phase, int identity, EventOwner owner) {
    return new EventReport(
        phase,
        Integer.toString(identity),
        "dsm.fatigue",
        new EventType(EventKind.DSM, "fatigue"),
        Severity.WARNING,
        source,
        terminal,
        owner,
        1,
        null,
        null,
        now.plusSeconds(identity),
        now,
        false,
        null,
        "{}");
  }
}
