package io.roadcast.events.store;

import io.roadcast.events.EventHandling;
import io.roadcast.events.EventReport;
import io.roadcast.events.LevelReport;
import io.roadcast.events.SafetyEvent;
import io.roadcast.fleet.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Joins the ends of one batch to their beginnings, which are in the table or in the batch. */
final class FoldedEvents {
  /** An interval whose end is not reported within this is over. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

  /** A condition whose terminal says nothing any more. */
  private static final Duration LONGEST_CONDITION = Duration.ofDays(1);

  static final String TIMEOUT = "timeout";
  private static final String SUPERSEDED = "superseded";
  private static final String START_UNKNOWN = "start_unknown";

  /** An event that goes on. */
  private record Open(UUID id, Instant at, @Nullable Draft draft) {}

  /** An event of the table that ends in this batch. */
  record Ending(UUID id, Instant at, @Nullable String reason, @Nullable String details) {}

  /** A new event, which may end in this batch. */
  static final class Draft {
    final EventReport report;
    final UUID id = TimeOrderedId.next();
    final Duration longest;
    @Nullable Instant endedAt;
    @Nullable String endReason;
    @Nullable String endDetails;

    Draft(EventReport report, Duration longest) {
      this.report = report;
      this.longest = longest;
    }

    SafetyEvent event(Instant now) {
      return new SafetyEvent(
          id,
          report.type(),
          report.severity(),
          report.source(),
          report.terminal(),
          report.owner(),
          report.channel(),
          report.place(),
          report.deviceTime(),
          report.at(),
          report.receivedAt(),
          endedAt,
          endReason,
          report.backlog(),
          false,
          false,
          report.files(),
          report.details(),
          EventHandling.NONE,
          now);
    }
  }

  private final Map<String, Open> open = new HashMap<>();
  private final Map<String, Set<String>> ofTerminal = new HashMap<>();
  private final List<Draft> fresh = new ArrayList<>();
  private final List<Ending> endings = new ArrayList<>();

  private FoldedEvents() {}

  /** Reads what goes on. */
  static FoldedEvents read(Handle handle, Set<String> terminals, Instant now) {
    FoldedEvents folded = new FoldedEvents();
    handle
        .createQuery(
            "SELECT id, at, terminal, fold_key FROM safety_event"
                + " WHERE ended_at IS NULL AND expires_at > :now AND fold_key IS NOT NULL"
                + " AND terminal = ANY(:terminals) ORDER BY at, id")
        .bind("now", EventRows.time(now))
        .bindArray("terminals", String.class, List.copyOf(terminals))
        .map((row, context) -> folded.add(row))
        .list();
    return folded;
  }

  private UUID add(ResultSet row) throws SQLException {
    UUID id = EventRows.uuid(row, "id");
    put(
        row.getString("terminal"),
        row.getString("fold_key"),
        new Open(id, EventRows.instant(row, "at"), null));
    return id;
  }

  private void put(String terminal, String foldKey, Open event) {
    open.put(terminal + " " + foldKey, event);
    ofTerminal.computeIfAbsent(terminal, any -> new HashSet<>()).add(foldKey);
  }

  List<Draft> fresh() {
    return fresh;
  }

  List<Ending> endings() {
    return endings;
  }

  /** Whether its condition was there before. */
  boolean goesOn(EventReport report) {
    return open.containsKey(report.terminal() + " " + report.foldKey());
  }

  void take(EventReport report) {
    switch (report.phase()) {
      case POINT -> {
        Draft point = draft(report, LONGEST_INTERVAL);
        point.endedAt = report.at();
      }
      case BEGIN -> begin(report, LONGEST_INTERVAL);
      case END -> {
        if (!end(report.terminal(), report.foldKey(), report.at(), null, report.details())) {
          Draft lone = draft(report, LONGEST_INTERVAL);
          lone.endedAt = report.at();
          lone.endReason = START_UNKNOWN;
        }
      }
    }
  }

  /**
   * Takes all conditions of a moment.
   *
   * @param isNew whether a condition's beginning was not told before
   */
  void levels(LevelReport levels, Predicate<EventReport> isNew) {
    Set<String> before = Set.copyOf(ofTerminal.getOrDefault(levels.terminal(), Set.of()));
    Set<String> present = new HashSet<>();
    for (EventReport report : levels.present()) {
      present.add(report.foldKey());
      if (!goesOn(report) && isNew.test(report)) {
        begin(report, LONGEST_CONDITION);
      }
    }
    for (String foldKey : before) {
      if (foldKey.startsWith(levels.foldPrefix()) && !present.contains(foldKey)) {
        end(levels.terminal(), foldKey, levels.at(), null, null);
      }
    }
  }

  private void begin(EventReport report, Duration longest) {
    end(report.terminal(), report.foldKey(), report.at(), SUPERSEDED, null);
    Draft draft = draft(report, longest);
    put(report.terminal(), report.foldKey(), new Open(draft.id, report.at(), draft));
  }

  private Draft draft(EventReport report, Duration longest) {
    Draft draft = new Draft(report, longest);
    fresh.add(draft);
    return draft;
  }

  /** What is older than the beginning does not end it. */
  private boolean end(
      String terminal,
      String foldKey,
      Instant at,
      @Nullable String reason,
      @Nullable String details) {
    Open event = open.get(terminal + " " + foldKey);
    if (event == null || at.isBefore(event.at())) {
      return false;
    }
    open.remove(terminal + " " + foldKey);
    Set<String> keys = ofTerminal.get(terminal);
    if (keys != null) {
      keys.remove(foldKey);
    }
    Draft draft = event.draft();
    if (draft == null) {
      endings.add(new Ending(event.id(), at, reason, details));
    } else {
      draft.endedAt = at;
      draft.endReason = reason;
      draft.endDetails = details;
    }
    return true;
  }
}
