package io.roadcast.events.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.events.EventFiles;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import io.roadcast.events.TaskWish;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventIntake;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What rules ask for is asked of those who can do it, until it is done. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventActionsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<TaskWish> ALL =
      List.of(
          new TaskWish("attachments", "{}", "rule"),
          new TaskWish("clip", "{\"before_s\":5,\"after_s\":20,\"channels\":[1,2]}", "rule"),
          new TaskWish("record", "{\"length_s\":300,\"channels\":[3]}", "rule"),
          new TaskWish("text", "{\"text\":\"Put it down\"}", "rule"));

  private final TestDatabase database = TestDatabase.create();
  private final EventTables tables = new EventTables(database.database());
  private final List<String> done = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private volatile List<TaskWish> wishes = ALL;
  private volatile @Nullable ActionFailedException refusal;
  private final EventIntake intake =
      new EventIntake(
          database.database(),
          (event, groups) -> new Verdict(event.severity(), false, false, wishes, List.of("rule")),
          () -> now,
          () -> {});
  private EventActions actions = actions();

  private EventActions actions() {
    return new EventActions(
        database.database(),
        tables,
        new EventActions.Doers(
            event -> carry("attachments of " + event.terminal()),
            (event, channels, from, to) ->
                carry(
                    "clip %s from %d s to %d s"
                        .formatted(
                            channels.stream().sorted().toList(),
                            Duration.between(event.at(), from).toSeconds(),
                            Duration.between(event.at(), to).toSeconds())),
            (event, channels, length) -> carry("record " + channels + " for " + length),
            (event, text, task) -> carry("text " + text)),
        () -> now);
  }

  private void carry(String what) throws ActionFailedException {
    ActionFailedException wanted = refusal;
    if (wanted != null) {
      throw wanted;
    }
    done.add(what);
  }

  @AfterEach
  void close() {
    actions.close();
    database.close();
  }

  @Test
  void eachActionIsDoneWithItsArguments() {
    actions.start();
    report(1, 0, false);
    await().atMost(SOON).until(() -> actions.done() == 4);
    assertThat(done)
        .containsExactlyInAnyOrder(
            "attachments of 139",
            "clip [1, 2] from -5 s to 20 s",
            "record [3] for PT5M",
            "text Put it down");
  }

  @Test
  void nothingLiveIsDoneMinutesLaterButFilesAndClipsAre() {
    report(1, -180, false);
    report(2, 0, true);
    actions.start();
    await().atMost(SOON).until(() -> actions.done() == 8);
    assertThat(done)
        .hasSize(4)
        .noneMatch(each -> each.startsWith("record") || each.startsWith("text"));
  }

  @Test
  void whatMayWorkLaterIsTriedAgainAlsoAfterARestart() {
    wishes = List.of(ALL.getLast());
    refusal = ActionFailedException.later("TERMINAL_OFFLINE");
    actions.start();
    report(1, 0, false);
    await().atMost(SOON).until(() -> failedBecause("TERMINAL_OFFLINE"));
    actions.close();
    actions = actions();
    actions.start();
    refusal = null;
    await()
        .atMost(SOON)
        .until(
            () -> {
              now = now.plusSeconds(5);
              actions.wake();
              return actions.done() == 1;
            });
    assertThat(done).containsExactly("text Put it down");
  }

  @Test
  void whatCanNeverWorkIsGivenUpAtOnce() {
    wishes = List.of(ALL.getFirst());
    refusal = ActionFailedException.never("NO_FILES");
    actions.start();
    report(1, 0, false);
    await().atMost(SOON).until(() -> actions.failed() == 1);
    assertThat(attempts()).isEqualTo(1);
    assertThat(done).isEmpty();
  }

  private boolean failedBecause(String reason) {
    return database
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT EXISTS (SELECT FROM event_task WHERE reason = ?)")
                    .bind(0, reason)
                    .mapTo(Boolean.class)
                    .one());
  }

  private int attempts() {
    return database
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT coalesce(max(attempts), 0) FROM event_task")
                    .mapTo(Integer.class)
                    .one());
  }

  private List<SafetyEvent> report(int identity, int second, boolean backlog) {
    List<SafetyEvent> fresh =
        intake.report(
            List.of(
                new EventReport(
                    Phase.POINT,
                    Integer.toString(identity),
                    "dsm.phone",
                    new EventType(EventKind.DSM, "phone"),
                    Severity.WARNING,
                    "jsatl12",
                    "139",
                    EventOwner.NOBODY,
                    1,
                    null,
                    null,
                    now.plusSeconds(second),
                    now,
                    backlog,
                    new EventFiles("00".repeat(16), 3),
                    "{}")));
    actions.wake();
    return fresh;
  }
}
