package io.roadcast.recorder.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A time of the day on some days of the week.
 *
 * @param days on which it begins
 * @param from inclusive
 * @param to exclusive; not after {@code from}: on the next day
 */
public record Schedule(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  public Schedule {
    days = Set.copyOf(days);
  }

  public boolean active(Instant at) {
    ZonedDateTime there = at.atZone(zone);
    LocalTime time = there.toLocalTime();
    boolean overnight = !to.isAfter(from);
    boolean sinceToday =
        days.contains(there.getDayOfWeek())
            && !time.isBefore(from)
            && (overnight || time.isBefore(to));
    boolean sinceYesterday =
        overnight && days.contains(there.getDayOfWeek().minus(1)) && time.isBefore(to);
    return sinceToday || sinceYesterday;
  }
}
