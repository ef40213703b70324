package io.roadcast.jtt.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventQuery;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.journal.JournalFollower;
import io.roadcast.jtt.journal.Outcome;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.TerminalClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alarms come out of the journal into a real PostgreSQL, each once. */
@Timeout(240)
class EventFollowerTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final String TERMINAL = "139";

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final EventTables tables = new EventTables(database.database());
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.in(directory));
  }

  @AfterEach
  void close() {
    journal.close();
    database.close();
  }

  @Test
  void alarmsAreKeptOnceHoweverOftenTheyAreSent() throws Exception {
    for (int i = 0; i < 50; i++) {
      append(i, 0, alarm(i, 0, i));
      append(i, 0, alarm(i, 0, i));
    }
    try (JournalFollower follower = follower()) {
      await().atMost(SOON).until(() -> follower.written() == 100);
      assertThat(all()).hasSize(50);
    }
  }

  @Test
  void beginningAndEndAreOneEventAndFlagsLastWhileTheyAreSet() throws Exception {
    append(0, 2, alarm(1, 1, 0));
    append(1, 2, "");
    append(2, 0, alarm(2, 2, 2));
    try (JournalFollower follower = follower()) {
      await().atMost(SOON).until(() -> follower.written() == 3);
      assertThat(all())
          .extracting(event -> event.type().label())
          .containsExactlyInAnyOrder("dsm.fatigue", "alarm.overspeed");
      assertThat(all()).extracting(SafetyEvent::endReason).containsOnlyNulls();
      assertThat(all()).extracting(SafetyEvent::endedAt).containsOnly(NOON.plusSeconds(2));
    }
  }

  @Test
  void nothingIsLostOrDoubledWhenTheDatabaseGoesAwayInBetween() throws Exception {
    try (JournalFollower follower = follower()) {
      for (int i = 0; i < 300; i++) {
        append(i, 0, alarm(i, 0, i));
        if (i == 100) {
          database.cutOff();
        } else if (i == 200) {
          database.restore();
        }
      }
      await().atMost(SOON).until(() -> follower.written() >= 300);
      assertThat(all()).hasSize(300);
    } finally {
      database.restore();
    }
  }

  private List<SafetyEvent> all() {
    return tables.list(EventQuery.ofTerminal(TERMINAL), EventTables.Place.FIRST, 500);
  }

  private JournalFollower follower() {
    EventIntake intake =
        new EventIntake(
            database.database(),
            (event, groups) -> Verdict.plain(event),
            InstantSource.system(),
            () -> {});
    JournalFollower follower =
        new JournalFollower(
            journal,
            database.database(),
            "events",
            new EventWriter(intake, Ownership.nobodys()),
            100);
    follower.start();
    return follower;
  }

  private static String alarm(int id, int state, int second) {
    String time = time(second);
    return "652f"
        + "%08x%02x".formatted(id, state)
        + "0102070000000032"
        + "000001dea8c0073c2300"
        + time
        + "0401"
        + HexFormat.of().formatHex("ABC1234".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        + time
        + "%02x0200".formatted(id % 200);
  }

  private static String time(int second) {
    return TerminalTime.of(NOON.plusSeconds(second)).toHex();
  }

  private void append(int second, int flags, String items) throws Exception {
    String body =
        "%08x".formatted(flags) + "0000000201dea8c0073c230000100258005a" + time(second) + items;
    LocationEntry entry =
        new LocationEntry(
            TERMINAL,
            NOON.plusSeconds(second + 1),
            0x0200,
            second,
            ProtocolVersion.V2013,
            new TerminalClock.Offset(0),
            Bytes.ofHex(body));
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    journal.append(entry.toRecord(), outcome::complete);
    assertThat(outcome.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.DURABLE);
  }
}
