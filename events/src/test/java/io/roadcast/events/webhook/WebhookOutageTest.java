package io.roadcast.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.Severity;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventChanges;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.webhook.Delivery.State;
import io.roadcast.events.webhook.WebhookReceiver.Message;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver that is away for five minutes, by a clock of the test, and slow when it is back. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WebhookOutageTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final List<String> TERMINALS = List.of("139", "140", "141");
  private static final int EACH = 12;

  private final TestDatabase database = TestDatabase.create();
  private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final EventIntake intake =
      new EventIntake(
          database.database(), (event, groups) -> Verdict.plain(event), () -> now, () -> {});
  private final EventChanges changes = new EventChanges(database.database());
  private final DeliveryTable deliveries = new DeliveryTable(database.database());
  private final WebhookReceiver receiver = new WebhookReceiver();
  private final WebhookSecret secret = WebhookSecret.random();
  private final WebhookDispatcher dispatcher =
      new WebhookDispatcher(
          database.database(),
          new EventTables(database.database()),
          new EventEvidence(database.database(), () -> {}),
          new HttpPost(PATIENCE, () -> now),
          () -> now);
  private int reported;

  @BeforeEach
  void start() throws IOException {
    receiver.open();
    Webhook webhook =
        new Webhook(
            TimeOrderedId.next(),
            null,
            "receiver",
            URI.create(receiver.url()),
            secret,
            true,
            Webhook.Wanted.ALL,
            now);
    new WebhookTable(database.database()).put(webhook, "test");
    dispatcher.start();
  }

  @AfterEach
  void close() {
    dispatcher.close();
    receiver.close();
    database.close();
  }

  @Test
  void allComesAfterwardsInOrderAndSignedAndPoisonStopsNothing() throws Exception {
    TERMINALS.forEach(this::report);
    awaitPassing(Duration.ofSeconds(1), () -> deliveries.count(State.DELIVERED) == 3);

    receiver.shut();
    List<Message> before = receiver.taken();
    Instant shutAt = now;
    while (now.isBefore(shutAt.plus(Duration.ofMinutes(5)))) {
      if (reported < 3 * (EACH - 1)) {
        TERMINALS.forEach(this::report);
      }
      long failures = dispatcher.failures();
      awaitPassing(Duration.ofSeconds(10), () -> dispatcher.failures() > failures);
    }
    assertThat(deliveries.count(State.WAITING)).isEqualTo(reported - 3);
    assertThat(receiver.taken()).isEqualTo(before);

    long poison = changes.kept().last() + 1;
    receiver.refuses = message -> message.number() == poison;
    TERMINALS.forEach(this::report);
    TERMINALS.forEach(this::report);
    receiver.pause = PATIENCE.plusMillis(500);
    receiver.open();
    awaitPassing(Duration.ofSeconds(60), () -> receiver.taken().size() >= before.size() + 3);
    receiver.pause = Duration.ofMillis(30);
    awaitPassing(
        Duration.ofSeconds(60),
        () -> deliveries.count(State.DELIVERED) == reported - 1 && dispatcher.aside() == 1);

    for (String terminal : TERMINALS) {
      int expected = terminal.equals(TERMINALS.getFirst()) ? reported / 3 - 1 : reported / 3;
      assertThat(receiver.numbers(terminal)).hasSize(expected).isSorted().doesNotHaveDuplicates();
    }
    assertThat(receiver.taken().size()).as("slow answers bring it again").isGreaterThan(reported);
    for (Message message : receiver.taken()) {
      assertThat(WebhookReceiver.verifies(message, secret)).isTrue();
    }
    Message last = receiver.taken().getLast();
    assertThat(
            WebhookReceiver.verifies(
                new Message(last.id(), last.second(), last.signature(), last.text() + " "), secret))
        .isFalse();

    receiver.refuses = message -> false;
    awaitPassing(Duration.ofSeconds(60), () -> deliveries.count(State.DELIVERED) == reported);
    assertThat(receiver.numbers(TERMINALS.getFirst())).hasSize(reported / 3).contains(poison);
  }

  /** Lets time pass in steps until it is so. */
  private void awaitPassing(Duration step, BooleanSupplier done) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              now = now.plus(step);
              dispatcher.wake();
              return done.getAsBoolean();
            });
  }

  private void report(String terminal) {
    intake.report(
        List.of(
            new EventReport(
                Phase.POINT,
                Integer.toString(reported++),
                "dsm.phone",
                new EventType(EventKind.DSM, "phone"),
                Severity.WARNING,
                "jsatl12",
                terminal,
                EventOwner.NOBODY,
                1,
                null,
                null,
                now,
                now,
                false,
                null,
                "{}")));
    changes.number(1000);
    dispatcher.wake();
  }
}
