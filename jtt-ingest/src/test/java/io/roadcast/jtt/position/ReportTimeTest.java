package io.roadcast.jtt.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jt808.TerminalTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Terminals are wrong by zones, days and years, and send late. */
class ReportTimeTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final TerminalClock clock = new TerminalClock();

  @Test
  void aRightClockIsBelieved() {
    live(NOON, Duration.ofSeconds(-3), 3);
    ReportTime time = ReportTime.live(shown(NOON, Duration.ofSeconds(-4)), clock.offset(), NOON);
    assertThat(time).isEqualTo(new ReportTime(NOON.minusSeconds(4), false));
  }

  @Test
  void nothingWasBeforeItWasReceived() {
    live(NOON, Duration.ofSeconds(20), 3);
    ReportTime time = ReportTime.live(shown(NOON, Duration.ofSeconds(20)), clock.offset(), NOON);
    assertThat(time.at()).isEqualTo(NOON);
  }

  @Test
  void aWrongZoneIsLearnt() {
    live(NOON, Duration.ofHours(-8), 3);
    assertThat(clock.offset().millis()).isEqualTo(Duration.ofHours(8).toMillis());
    Instant madeAt = NOON.minus(Duration.ofHours(2));
    ReportTime kept = ReportTime.kept(shown(madeAt, Duration.ofHours(-8)), clock.offset(), NOON);
    assertThat(kept).isEqualTo(new ReportTime(madeAt, true));
  }

  @Test
  void aClockThatIsYearsOffIsLearnt() {
    Duration years = Duration.ofDays(-7 * 365);
    live(NOON, years, 3);
    Instant later = NOON.plusSeconds(60);
    assertThat(ReportTime.live(shown(later, years), clock.offset(), later))
        .isEqualTo(new ReportTime(later, false));
    Instant madeAt = NOON.minus(Duration.ofHours(5));
    assertThat(ReportTime.kept(shown(madeAt, years), clock.offset(), NOON).at()).isEqualTo(madeAt);
  }

  @Test
  void oneWrongTimeChangesNothing() {
    live(NOON, Duration.ZERO, 4);
    Instant later = NOON.plusSeconds(600);
    clock.learn(shown(later, Duration.ofDays(3000)), later);
    assertThat(clock.offset().millis()).isZero();
  }

  @Test
  void aClockThatWasSetIsLearntAnew() {
    live(NOON, Duration.ofHours(-8), 5);
    live(NOON.plusSeconds(600), Duration.ZERO, 3);
    assertThat(clock.offset().millis()).isZero();
  }

  @Test
  void reportsThatWereHeldBackTeachNothing() {
    live(NOON, Duration.ZERO, 5);
    Instant received = NOON.plusSeconds(7200);
    for (int i = 0; i < 50; i++) {
      Instant madeAt = NOON.plusSeconds(60L + i * 30);
      TerminalTime shown = shown(madeAt, Duration.ZERO);
      clock.learn(shown, received.plusMillis(i * 20L));
      assertThat(ReportTime.live(shown, clock.offset(), received))
          .isEqualTo(new ReportTime(madeAt, true));
    }
  }

  @Test
  void withoutATimeItIsNow() {
    assertThat(ReportTime.live(TerminalTime.NONE, clock.offset(), NOON))
        .isEqualTo(new ReportTime(NOON, false));
    TerminalTime impossible = new TerminalTime(0x26139999_9999L);
    assertThat(ReportTime.kept(impossible, clock.offset(), NOON))
        .isEqualTo(new ReportTime(NOON, true));
    clock.learn(impossible, NOON);
    assertThat(clock.offset().known()).isFalse();
  }

  /** Reports every minute, of a clock that is off by so much. */
  private void live(Instant from, Duration off, int times) {
    for (int i = 0; i < times; i++) {
      Instant at = from.plusSeconds(60L * i);
      clock.learn(shown(at, off), at);
    }
  }

  private static TerminalTime shown(Instant at, Duration off) {
    return TerminalTime.of(at.plus(off));
  }
}
