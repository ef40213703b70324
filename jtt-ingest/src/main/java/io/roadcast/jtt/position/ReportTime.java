package io.roadcast.jtt.position;

import io.roadcast.jtt.jt808.TerminalTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a report was made.
 *
 * @param at best estimate, never later than it was received
 * @param backlog it is old: kept by the terminal and sent late
 */
record ReportTime(Instant at, boolean backlog) {
  private static final Duration OLDEST = Duration.ofDays(3650);

  /** A report that comes alone: made just now, unless the terminal's clock says otherwise. */
  static ReportTime live(TerminalTime time, TerminalClock.Offset offset, Instant receivedAt) {
    Optional<Instant> moment = offset.moment(time);
    if (moment.isEmpty() || !offset.known()) {
      return new ReportTime(close(moment, receivedAt).orElse(receivedAt), false);
    }
    Duration late = Duration.between(moment.get(), receivedAt);
    if (late.compareTo(TerminalClock.HELD_BACK) > 0 && plausible(moment.get(), receivedAt)) {
      return new ReportTime(moment.get(), true);
    }
    return new ReportTime(close(moment, receivedAt).orElse(receivedAt), false);
  }

  /** A report that the terminal says it kept: its own time, as far as that can be believed. */
  static ReportTime kept(TerminalTime time, TerminalClock.Offset offset, Instant receivedAt) {
    Instant at =
        offset
            .moment(time)
            .filter(moment -> plausible(moment, receivedAt))
            .map(moment -> moment.isAfter(receivedAt) ? receivedAt : moment)
            .orElse(receivedAt);
    return new ReportTime(at, true);
  }

  private static Optional<Instant> close(Optional<Instant> moment, Instant receivedAt) {
    return moment
        .filter(
            each ->
                Duration.between(each, receivedAt).abs().compareTo(TerminalClock.HELD_BACK) <= 0)
        .map(each -> each.isAfter(receivedAt) ? receivedAt : each);
  }

  private static boolean plausible(Instant moment, Instant receivedAt) {
    return moment.isAfter(receivedAt.minus(OLDEST))
        && moment.isBefore(receivedAt.plus(TerminalClock.HELD_BACK));
  }
}
