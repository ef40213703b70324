package io.roadcast.recorder.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @Test
  void countsInItsOwnZone() {
    Schedule office =
        new Schedule(Set.of(DayOfWeek.MONDAY), LocalTime.of(8, 0), LocalTime.of(18, 0), SHANGHAI);
    // 2 November 2026 is a Monday.
    assertThat(office.active(Instant.parse("2026-11-02T00:00:00Z"))).isTrue();
    assertThat(office.active(Instant.parse("2026-11-01T23:59:59Z"))).isFalse();
    assertThat(office.active(Instant.parse("2026-11-02T10:00:00Z"))).isFalse();
    assertThat(office.active(Instant.parse("2026-11-03T01:00:00Z"))).isFalse();
  }

  @Test
  void mayEndOnTheNextDay() {
    Schedule night =
        new Schedule(
            Set.of(DayOfWeek.MONDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));
    assertThat(night.active(Instant.parse("2026-11-02T23:00:00Z"))).isTrue();
    assertThat(night.active(Instant.parse("2026-11-03T05:59:00Z"))).isTrue();
    assertThat(night.active(Instant.parse("2026-11-03T06:00:00Z"))).isFalse();
    assertThat(night.active(Instant.parse("2026-11-02T05:00:00Z"))).isFalse();
  }
}
