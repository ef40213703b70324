package io.roadcast.events;

import java.time.Instant;
import java.util.List;

/**
 * All conditions that a terminal says are present at a moment: those that were present before and
 * are not named have ended.
 *
 * @param source of the conditions that this is complete for
 * @param at moment of the report
 * @param backlog it is old and was sent late
 * @param present each of phase {@link EventReport.Phase#BEGIN}
 */
public record LevelReport(
    String terminal, String source, Instant at, boolean backlog, List<EventReport> present)
    implements Reported {
  public LevelReport {
    present = List.copyOf(present);
  }

  /** How the fold keys of its source and kind begin. */
  public String foldPrefix() {
    return (backlog ? "late " : "live ") + source + " ";
  }
}
