package io.roadcast.events.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roadcast.events.EventFiles;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventPlace;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.events.LevelReport;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventChanges.Numbered;
import io.roadcast.events.store.EventTables.Place;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventIntakeTest {
  private static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");
  private static final EventType FATIGUE = new EventType(EventKind.DSM, "fatigue");

  private final TestDatabase database = TestDatabase.create();
  private final EventIntake intake =
      new EventIntake(
          database.database(),
          (event, groups) -> Verdict.plain(event),
          InstantSource.fixed(T0),
          () -> {});
  private final EventTables tables = new EventTables(database.database());
  private final EventChanges changes = new EventChanges(database.database());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsAllThatWasReported() {
    SafetyEvent event = intake.report(List.of(report(Phase.POINT, "1", 0))).getFirst();
    SafetyEvent found = tables.find(event.id()).orElseThrow();
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFields("updatedAt", "details")
        .isEqualTo(event);
    assertThat(found.details()).isEqualToIgnoringWhitespace("{\"dsm\":{\"fatigue\":7}}");
    assertThat(found.open()).isFalse();
    assertThat(tables.ofIdentifier("13912345678", "00".repeat(16)))
        .map(SafetyEvent::id)
        .contains(event.id());
  }

  @Test
  void takesTheSameReportOnceInOneBatchOrLater() {
    intake.report(List.of(report(Phase.POINT, "1", 0), report(Phase.POINT, "1", 0)));
    assertThat(intake.report(List.of(report(Phase.POINT, "1", 5)))).isEmpty();
    assertThat(all()).hasSize(1);
    assertThat(intake.repeated()).isEqualTo(2);
  }

  @Test
  void joinsEndToBeginningInTheSameBatchAndLater() {
    intake.report(List.of(report(Phase.BEGIN, "1", 0), report(Phase.END, "2", 4)));
    intake.report(List.of(report(Phase.BEGIN, "3", 10)));
    assertThat(all().getFirst().open()).isTrue();
    intake.report(List.of(report(Phase.END, "4", 17)));
    assertThat(all())
        .extracting(SafetyEvent::endedAt)
        .containsExactly(T0.plusSeconds(17), T0.plusSeconds(4));
    assertThat(all()).extracting(SafetyEvent::endReason).containsOnlyNulls();
  }

  @Test
  void aSecondBeginningEndsTheFirstAndAnEndWithoutBeginningIsKept() {
    intake.report(List.of(report(Phase.END, "0", 0)));
    intake.report(List.of(report(Phase.BEGIN, "1", 1)));
    intake.report(List.of(report(Phase.BEGIN, "2", 2)));
    assertThat(all())
        .extracting(SafetyEvent::endReason)
        .containsExactly(null, "superseded", "start_unknown");
  }

  @Test
  void whatIsSentLateNeverEndsWhatIsLive() {
    intake.report(List.of(report(Phase.BEGIN, "1", 0)));
    intake.report(List.of(late(report(Phase.END, "2", 3))));
    intake.report(
        List.of(new LevelReport("13912345678", "jsatl12", T0.plusSeconds(4), true, List.of())));
    assertThat(all()).extracting(SafetyEvent::open).containsExactly(false, true);
  }

  @Test
  void conditionsLastUntilTheyAreNoLongerNamed() {
    EventReport lost = report(Phase.BEGIN, "1", 0);
    intake.report(List.of(levels(0, lost), levels(1, report(Phase.BEGIN, "2", 1))));
    assertThat(all()).hasSize(1);
    intake.report(List.of(levels(2, report(Phase.BEGIN, "3", 2)), levels(3)));
    assertThat(all()).extracting(SafetyEvent::endedAt).containsExactly(T0.plusSeconds(3));
    intake.report(List.of(levels(0, lost)));
    assertThat(all()).hasSize(1);
  }

  @Test
  void numbersChangesAfterTheirCommit() {
    SafetyEvent event = intake.report(List.of(report(Phase.BEGIN, "1", 0))).getFirst();
    intake.report(List.of(report(Phase.END, "2", 1)));
    EventEvidence evidence = new EventEvidence(database.database(), () -> {});
    Evidence wish =
        Evidence.wished(TimeOrderedId.next(), event.id(), EvidenceKind.CLIP, "clip", 1, T0);
    evidence.put(wish);
    evidence.put(wish.stored(EvidenceState.COMPLETE, "a/b.mp4", "video/mp4", 10, "00"));
    assertThat(changes.number(100)).isEqualTo(4);
    assertThat(changes.between(0, 4))
        .extracting(Numbered::number, Numbered::what)
        .containsExactly(
            tuple(1L, EventChange.CREATED),
            tuple(2L, EventChange.ENDED),
            tuple(3L, EventChange.EVIDENCE),
            tuple(4L, EventChange.EVIDENCE));
    assertThat(evidence.of(event.id())).extracting(Evidence::place).containsExactly("a/b.mp4");
    assertThat(changes.kept()).isEqualTo(new EventChanges.Range(1, 4));
  }

  private List<SafetyEvent> all() {
    return tables.list(EventQuery.ofTerminal("13912345678"), Place.FIRST, 100);
  }

  private static LevelReport levels(int second, EventReport... present) {
    return new LevelReport(
        "13912345678", "jsatl12", T0.plusSeconds(second), false, List.of(present));
  }

  private static EventReport report(Phase phase, String identity, int second) {
    return report(phase, identity, second, false);
  }

  private static EventReport late(EventReport report) {
    return report(report.phase(), report.identity(), 3, true);
  }

  private static EventReport report(Phase phase, String identity, int second, boolean backlog) {
    return new EventReport(
        phase,
        identity,
        "dsm.fatigue",
        FATIGUE,
        Severity.CRITICAL,
        "jsatl12",
        "13912345678",
        EventOwner.NOBODY,
        2,
        new EventPlace(31.2, 121.5, 12, 60.5, 90),
        null,
        T0.plusSeconds(second),
        T0.plusSeconds(second),
        backlog,
        new EventFiles("00".repeat(16), 3),
        "{\"dsm\":{\"fatigue\":7}}");
  }
}
