package io.roadcast.signaling.recording;

import io.roadcast.recorder.policy.KeepLimits;
import io.roadcast.recorder.policy.PolicyMode;
import io.roadcast.recorder.policy.PolicyScope;
import io.roadcast.recorder.policy.RecordingPolicy;
import io.roadcast.recorder.policy.Schedule;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A policy as it is shown. */
record PolicyView(
    String scope,
    String subject,
    UUID organization,
    String mode,
    @Nullable ScheduleView schedule,
    @Nullable Long keepS,
    @Nullable Long maxBytes) {
  /** A hundred years. */
  private static final long LONGEST_S = 36_525L * 24 * 3600;

  /**
   * @param days "mon" to "sun"
   * @param from such as "08:00"
   */
  record ScheduleView(
      @Nullable List<String> days,
      @Nullable String from,
      @Nullable String to,
      @Nullable String zone) {
    static ScheduleView of(Schedule schedule) {
      return new ScheduleView(
          schedule.days().stream().sorted().map(PolicyView::label).toList(),
          schedule.from().toString(),
          schedule.to().toString(),
          schedule.zone().getId());
    }

    Schedule read() {
      if (days == null || days.isEmpty() || from == null || to == null || zone == null) {
        throw invalid("A schedule has days, from, to and zone.");
      }
      try {
        Set<DayOfWeek> wanted = EnumSet.noneOf(DayOfWeek.class);
        days.forEach(day -> wanted.add(day(day)));
        return new Schedule(wanted, LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
      } catch (DateTimeException e) {
        throw invalid("from and to are times such as 08:00, zone one such as Asia/Shanghai.");
      }
    }
  }

  /** What a request wants. */
  record Wanted(
      @Nullable String mode,
      @Nullable ScheduleView schedule,
      @Nullable Long keepS,
      @Nullable Long maxBytes) {
    RecordingPolicy read(PolicyScope scope, String subject, UUID organization) {
      PolicyMode wanted =
          PolicyMode.ofLabel(mode == null ? "" : mode)
              .orElseThrow(() -> invalid("mode is always, live, event, schedule or never."));
      if ((wanted == PolicyMode.SCHEDULE) != (schedule != null)) {
        throw invalid("A schedule is given for the mode schedule, and only then.");
      }
      return new RecordingPolicy(
          scope,
          subject,
          organization,
          wanted,
          schedule == null ? null : schedule.read(),
          limits());
    }

    private KeepLimits limits() {
      if ((keepS != null && (keepS < 1 || keepS > LONGEST_S))
          || (maxBytes != null && maxBytes < 0)) {
        throw invalid("keep_s is 1 to " + LONGEST_S + ", max_bytes is not negative.");
      }
      return new KeepLimits(keepS == null ? null : Duration.ofSeconds(keepS), maxBytes);
    }
  }

  static PolicyView of(RecordingPolicy policy) {
    Schedule schedule = policy.schedule();
    Duration age = policy.limits().age();
    return new PolicyView(
        policy.scope().label(),
        policy.subject(),
        policy.organization(),
        policy.mode().label(),
        schedule == null ? null : ScheduleView.of(schedule),
        age == null ? null : age.toSeconds(),
        policy.limits().bytes());
  }

  private static String label(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static DayOfWeek day(String label) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (label(day).equals(label)) {
        return day;
      }
    }
    throw invalid("Days are mon, tue, wed, thu, fri, sat and sun.");
  }

  private static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID_BODY, detail);
  }
}
