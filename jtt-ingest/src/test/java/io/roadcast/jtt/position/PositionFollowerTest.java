package io.roadcast.jtt.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.journal.JournalFollower;
import io.roadcast.jtt.journal.JournalRecord;
import io.roadcast.jtt.journal.Outcome;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Positions come out of the journal into a real PostgreSQL, each once. */
@Timeout(240)
class PositionFollowerTest {
  private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.DAYS).plusSeconds(3600);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final UUID VEHICLE = UUID.randomUUID();

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private Journal journal;
  private PositionTables tables;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.in(directory));
    tables = new PositionTables(database.database(), InstantSource.system());
  }

  @AfterEach
  void close() {
    journal.close();
    database.close();
  }

  @Test
  void positionsAreInTheTablesAndCanBeAskedFor() throws Exception {
    for (int i = 0; i < 250; i++) {
      append("139", i);
    }
    append("140", 3);
    try (JournalFollower follower = follower()) {
      await().atMost(SOON).until(() -> follower.written() == 251);
      PositionTables.Whose whose = new PositionTables.Whose.Terminal("139");
      Position last = tables.last(whose).orElseThrow();
      assertThat(last.at()).isEqualTo(NOON.plusSeconds(249));
      assertThat(last.latitude()).isEqualTo(-22.5);
      assertThat(last.longitude()).isEqualTo(114.05);
      assertThat(last.speed()).isEqualTo(60.3);
      assertThat(last.mileage()).isEqualTo(123.4);
      assertThat(last.version()).isEqualTo(ProtocolVersion.V2019);
      assertThat(last.deviceTime())
          .isEqualTo(last.at().atOffset(ZoneOffset.ofHours(8)).toLocalDateTime());
      List<PositionTables.Point> first = page(whose, PositionTables.Place.FIRST);
      List<PositionTables.Point> second = page(whose, first.getLast().place());
      assertThat(first).hasSize(100);
      assertThat(second.getFirst().position().serial()).isEqualTo(100);
      assertThat(page(new PositionTables.Whose.Vehicle(VEHICLE), PositionTables.Place.FIRST))
          .hasSize(100);
      assertThat(tables.lastOfAll(Instant.EPOCH)).hasSize(2);
    }
    assertThat(journal.statistics().behindBytes()).isZero();
  }

  @Test
  void anOutageOfTheDatabaseLosesNothingAndDoublesNothing() throws Exception {
    try (JournalFollower follower = follower()) {
      for (int i = 0; i < 300; i++) {
        append("139", i);
      }
      await().atMost(SOON).until(() -> follower.written() > 0);
      database.cutOff();
      for (int i = 300; i < 900; i++) {
        append("139", i); // still acknowledged
      }
      await().atMost(SOON).until(follower::waiting);
      database.restore();
      await()
          .atMost(SOON)
          .ignoreException(DatabaseUnavailableException.class)
          .until(() -> count() == 900);
    }
    assertThat(serials()).isEqualTo(900);
  }

  @Test
  void aFollowerThatBeginsAnewGoesOnWhereItWas() throws Exception {
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 100; i++) {
        append("139", round * 100 + i);
      }
      try (JournalFollower follower = follower()) {
        await().atMost(SOON).until(() -> follower.written() > 0);
      }
      journal.close();
      journal = Journal.open(JournalConfig.in(directory));
    }
    try (JournalFollower follower = follower()) {
      await().atMost(SOON).until(() -> count() == 400);
    }
    assertThat(serials()).isEqualTo(400);
  }

  @Test
  void aRecordThatTheDatabaseRefusesIsLeftOut() throws Exception {
    append("139", 1);
    append("13\0", 2); // PostgreSQL takes no NUL in a text
    append("139", 3);
    try (JournalFollower follower = follower()) {
      await().atMost(SOON).until(() -> count() == 2);
      assertThat(follower.rejected()).isEqualTo(1);
    }
  }

  @Test
  void oldDaysAreDropped() throws Exception {
    append("139", 1, NOON.minus(Duration.ofDays(40)));
    append("139", 2, NOON);
    try (JournalFollower follower = follower()) {
      await().atMost(SOON).until(() -> count() == 2);
      assertThat(tables.dropOlderThan(Duration.ofDays(30))).isEqualTo(1);
      assertThat(count()).isEqualTo(1);
      assertThat(tables.dropOlderThan(Duration.ofDays(30))).isZero();
    }
  }

  private List<PositionTables.Point> page(PositionTables.Whose whose, PositionTables.Place after) {
    return tables.track(whose, NOON, NOON.plusSeconds(1000), after, 100);
  }

  private JournalFollower follower() {
    Ownership ownership =
        terminal -> new Ownership.Owner(null, terminal.equals("139") ? VEHICLE : null, null);
    JournalFollower follower =
        new JournalFollower(
            journal, database.database(), "positions", new PositionWriter(ownership), 100);
    follower.start();
    return follower;
  }

  private long count() {
    return number("SELECT count(*) FROM track");
  }

  private long serials() {
    return number("SELECT count(DISTINCT serial) FROM track");
  }

  private long number(String sql) {
    return database
        .database()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private void append(String terminal, int number) throws Exception {
    append(terminal, number, NOON.plusSeconds(number));
  }

  private void append(String terminal, int number, Instant at) throws Exception {
    LocationReport report =
        new LocationReport(
            new Location(1, 0b111, 22_500_000, 114_050_000, 32, 603, 90, TerminalTime.of(at)),
            List.of(new LocationItem(1, Bytes.ofHex("000004d2"))));
    JournalRecord value =
        new LocationEntry(
                terminal,
                at,
                LocationReport.ID,
                number,
                ProtocolVersion.V2019,
                new TerminalClock.Offset(0),
                Jt808Codec.encodeBody(report, ProtocolVersion.V2019))
            .toRecord();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    journal.append(value, outcome::complete);
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(Outcome.DURABLE);
  }
}
