package io.roadcast.jtt.position;

import io.roadcast.jtt.jt808.TerminalTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far a terminal's clock is from ours, learnt from its live reports: the median of the last
 * ones, so that a single wrong time changes nothing. Terminals are wrong by zones, days and years,
 * and their reports take some seconds to come. Guarded by its monitor.
 */
public final class TerminalClock {
  /** A live report within this of our time says that the clock is right. */
  static final Duration CLOSE = Duration.ofSeconds(60);

  /** A report that is later than this by its own clock was held back. */
  static final Duration HELD_BACK = Duration.ofMinutes(10);

  /**
   * Reports that disagree with what is known count only so often: many at once were held back,
   * while a clock that was set shows its new time again and again.
   */
  private static final Duration APART = Duration.ofSeconds(5);

  private static final int KEPT = 5;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final long[] offsets = new long[KEPT];
  private int count;
  private int next;
  private Instant learntAt = Instant.EPOCH;

  /**
   * What was learnt: our time minus the terminal's, in milliseconds; 0 for a clock that is right.
   *
   * @param millis {@link Long#MIN_VALUE} while nothing is known
   */
  public record Offset(long millis) {
    public static final Offset NOTHING = new Offset(UNKNOWN);

    public boolean known() {
      return millis != UNKNOWN;
    }

    /** The moment that a time by this clock means; empty for no time, or an impossible one. */
    Optional<Instant> moment(TerminalTime time) {
      Optional<Instant> said = time.instant(TerminalTime.STANDARD_ZONE);
      return known() ? said.map(moment -> moment.plusMillis(millis)) : said;
    }

    /**
     * When something was made that a terminal may have kept for a while: by its own time, as far as
     * that can be believed, else when it came.
     */
    public Instant madeAt(TerminalTime time, Instant receivedAt) {
      return ReportTime.kept(time, this, receivedAt).at();
    }
  }

  /** Learns from a report that was not held back, as far as can be known. */
  public synchronized void learn(TerminalTime time, Instant receivedAt) {
    Optional<Instant> said = time.instant(TerminalTime.STANDARD_ZONE);
    if (said.isEmpty()) {
      return;
    }
    long offset = Duration.between(said.get(), receivedAt).toMillis();
    boolean agrees = count > 0 && Math.abs(offset - median()) <= CLOSE.toMillis();
    if (count == 0 || agrees || !receivedAt.isBefore(learntAt.plus(APART))) {
      offsets[next] = offset;
      next = (next + 1) % KEPT;
      count = Math.min(KEPT, count + 1);
      learntAt = receivedAt;
    }
  }

  private long median() {
    long[] sorted = Arrays.copyOf(offsets, count);
    Arrays.sort(sorted);
    return sorted[(count - 1) / 2];
  }

  public synchronized Offset offset() {
    if (count == 0) {
      return Offset.NOTHING;
    }
    long median = median();
    return new Offset(Math.abs(median) <= CLOSE.toMillis() ? 0 : median);
  }
}
