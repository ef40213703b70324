package io.roadcast.events.rule;

import io.roadcast.events.EventKind;
import io.roadcast.events.EventPlace;
import io.roadcast.events.EventType;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a rule is about: those that fulfil all that is said; empty and null say nothing.
 *
 * @param least severity
 * @param slowest km/h, inclusive
 * @param fastest km/h, inclusive
 * @param area corners of a polygon; the last is joined to the first
 */
record Match(
    Set<EventKind> kinds,
    Set<EventType> types,
    Set<String> sources,
    @Nullable Severity least,
    @Nullable Double slowest,
    @Nullable Double fastest,
    List<Corner> area,
    @Nullable Hours hours,
    Set<UUID> groups,
    @Nullable Rate rate) {
  /** Degrees. */
  record Corner(double latitude, double longitude) {}

  /**
   * A time of the day; over midnight if it ends before it begins.
   *
   * @param days on which it begins; empty for all
   */
  record Hours(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days) {
    boolean include(ZonedDateTime time) {
      LocalTime clock = time.toLocalTime();
      boolean overMidnight = !from.isBefore(to);
      if (!overMidnight) {
        return !clock.isBefore(from) && clock.isBefore(to) && day(time.getDayOfWeek());
      }
      if (!clock.isBefore(from)) {
        return day(time.getDayOfWeek());
      }
      return clock.isBefore(to) && day(time.getDayOfWeek().minus(1));
    }

    private boolean day(DayOfWeek day) {
      return days.isEmpty() || days.contains(day);
    }
  }

  /** So many of a terminal within this time, the event itself included. */
  record Rate(int count, Duration within) {}

  /** Without the rate. */
  boolean fits(SafetyEvent event, Severity severity, List<UUID> within) {
    return (kinds.isEmpty() || kinds.contains(event.type().kind()))
        && (types.isEmpty() || types.contains(event.type()))
        && (sources.isEmpty() || sources.contains(event.source()))
        && (least == null || severity.compareTo(least) >= 0)
        && (groups.isEmpty() || within.stream().anyMatch(groups::contains))
        && fitsSpeed(event.place())
        && fitsArea(event.place())
        && (hours == null || hours.include(event.at().atZone(hours.zone())));
  }

  private boolean fitsSpeed(@Nullable EventPlace place) {
    if (slowest == null && fastest == null) {
      return true;
    }
    Double speed = place == null ? null : place.speed();
    return speed != null
        && (slowest == null || speed >= slowest)
        && (fastest == null || speed <= fastest);
  }

  /** Counts the edges that a line to the east crosses. */
  private boolean fitsArea(@Nullable EventPlace place) {
    if (area.isEmpty()) {
      return true;
    }
    if (place == null) {
      return false;
    }
    boolean inside = false;
    Corner before = area.getLast();
    for (Corner corner : area) {
      boolean between =
          corner.latitude() > place.latitude() != before.latitude() > place.latitude();
      if (between) {
        double share =
            (place.latitude() - corner.latitude()) / (before.latitude() - corner.latitude());
        double crossing = corner.longitude() + share * (before.longitude() - corner.longitude());
        if (place.longitude() < crossing) {
          inside = !inside;
        }
      }
      before = corner;
    }
    return inside;
  }
}
