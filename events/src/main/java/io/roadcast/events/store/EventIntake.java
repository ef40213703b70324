package io.roadcast.events.store;

import io.roadcast.events.EventJudge;
import io.roadcast.events.EventReport;
import io.roadcast.events.LevelReport;
import io.roadcast.events.Reported;
import io.roadcast.events.SafetyEvent;
import io.roadcast.fleet.database.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;

/**
 * Takes events in: each report once, an end joined to its beginning. The same report again, in the
 * same batch or a year later, changes nothing. Any thread.
 */
public final class EventIntake {
  private final Database database;
  private final EventJudge judge;
  private final InstantSource clock;
  private final Runnable committed;
  private final LongAdder taken = new LongAdder();
  private final LongAdder repeated = new LongAdder();

  /**
   * @param committed told when there is something new; must not block
   */
  public EventIntake(Database database, EventJudge judge, InstantSource clock, Runnable committed) {
    this.database = database;
    this.judge = judge;
    this.clock = clock;
    this.committed = committed;
  }

  /** New events since the start. */
  public long taken() {
    return taken.sum();
  }

  /** Reports that had come before. */
  public long repeated() {
    return repeated.sum();
  }

  /**
   * Takes reports in a transaction of its own.
   *
   * @return the events that are new, in the order of their reports
   */
  public List<SafetyEvent> report(List<? extends Reported> reports) {
    List<SafetyEvent> fresh = database.inTransaction(handle -> write(handle, reports));
    committed();
    return fresh;
  }

  /**
   * The same in the caller's transaction; {@link #committed} is to be called afterwards.
   *
   * @return the events that are new
   */
  public List<SafetyEvent> write(Handle handle, List<? extends Reported> reports) {
    if (reports.isEmpty()) {
      return List.of();
    }
    FoldedEvents folded = FoldedEvents.read(handle, terminals(reports), clock.instant());
    ReportKeys keys = ReportKeys.register(handle, unknown(reports, folded));
    for (Reported each : reports) {
      switch (each) {
        case EventReport report -> take(folded, report, keys);
        case LevelReport levels -> folded.levels(levels, keys::takeNew);
      }
    }
    List<SafetyEvent> events = new EventInsert(handle, judge, clock.instant()).write(folded);
    taken.add(events.size());
    return events;
  }

  /** Something was committed. */
  public void committed() {
    committed.run();
  }

  private void take(FoldedEvents folded, EventReport report, ReportKeys keys) {
    if (keys.takeNew(report)) {
      folded.take(report);
    } else {
      repeated.increment();
    }
  }

  /** A condition that goes on is told of again and again: only its beginning is remembered. */
  private static List<EventReport> unknown(List<? extends Reported> reports, FoldedEvents folded) {
    List<EventReport> unknown = new ArrayList<>();
    for (Reported each : reports) {
      switch (each) {
        case EventReport report -> unknown.add(report);
        case LevelReport levels ->
            levels.present().stream()
                .filter(report -> !folded.goesOn(report))
                .forEach(unknown::add);
      }
    }
    return unknown;
  }

  private static Set<String> terminals(List<? extends Reported> reports) {
    Set<String> terminals = new HashSet<>();
    reports.forEach(each -> terminals.add(each.terminal()));
    return terminals;
  }
}
