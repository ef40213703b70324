package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.retrieve.RecordedDay;
import io.roadcast.recorder.retrieve.Timeline;
import io.roadcast.recorder.retrieve.TooMuchRecordedException;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What there is of a time, on this server and elsewhere: by the second, and by the day. */
final class TimelineRoutes {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration LONGEST_OF_DAYS = Duration.ofDays(366);

  private final Timeline timeline;
  private final RecordingRequest request;
  private final Json json;

  /** The streams of a time, and what there is of each. */
  record TimelineView(Instant from, Instant to, List<TimelineLineView> lines) {}

  /** Days of a time, in the zone that was asked for. */
  record Days(List<Day> items) {}

  record Day(LocalDate day, List<String> streams, List<String> sources) {}

  TimelineRoutes(Timeline timeline, RecordingRequest request, Json json) {
    this.timeline = timeline;
    this.request = request;
    this.json = json;
  }

  /** Before the routes of single segments, whose pattern takes these paths too. */
  void install(RoutesConfig routes) {
    routes.get("/api/v1/recordings/timeline", this::timeline);
    routes.get("/api/v1/recordings/days", this::days);
  }

  private void timeline(Context ctx) {
    Principal principal = request.requireList(ctx);
    RecordingQuery query = query(ctx, LONGEST);
    try {
      List<TimelineLineView> lines =
          timeline
              .lines(
                  query,
                  span ->
                      request.permits(
                          principal,
                          Action.VIEW_RECORDINGS,
                          span.stream(),
                          span.owner().organization()))
              .stream()
              .map(TimelineLineView::of)
              .toList();
      answer(ctx, new TimelineView(query.from(), query.to(), lines));
    } catch (TooMuchRecordedException tooMuch) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, String.valueOf(tooMuch.getMessage()));
    }
  }

  private void days(Context ctx) {
    Principal principal = request.requireList(ctx);
    Predicate<RecordedDay> permitted =
        day ->
            request.permits(
                principal, Action.VIEW_RECORDINGS, day.stream(), day.owner().organization());
    TreeMap<LocalDate, List<RecordedDay>> days = new TreeMap<>();
    RecordingQuery query = query(ctx, LONGEST_OF_DAYS);
    ZoneId zone = zone(ctx);
    LocalDate first = LocalDate.ofInstant(query.from(), zone);
    LocalDate last = LocalDate.ofInstant(query.to().minusNanos(1), zone);
    for (RecordedDay day : timeline.days(query, zone, permitted)) {
      if (!day.day().isBefore(first) && !day.day().isAfter(last)) {
        days.computeIfAbsent(day.day(), key -> new ArrayList<>()).add(day);
      }
    }
    answer(
        ctx, new Days(days.entrySet().stream().map(e -> day(e.getKey(), e.getValue())).toList()));
  }

  private static Day day(LocalDate day, List<RecordedDay> found) {
    TreeSet<String> streams = new TreeSet<>();
    TreeSet<String> sources = new TreeSet<>();
    for (RecordedDay each : found) {
      streams.add(each.stream());
      sources.add(each.origin().label());
    }
    return new Day(day, List.copyOf(streams), List.copyOf(sources));
  }

  private RecordingQuery query(Context ctx, Duration longest) {
    RecordingQuery query = request.query(ctx);
    if (query.stream() == null && query.vehicle() == null) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "A stream or a vehicle is needed.");
    }
    if (Duration.between(query.from(), query.to()).compareTo(longest) > 0) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER,
          "from is before to, by " + longest.toDays() + " days at most.");
    }
    return query;
  }

  private static ZoneId zone(Context ctx) {
    String name = ctx.queryParam("zone");
    try {
      return ZoneId.of(name == null || name.isEmpty() ? "UTC" : name);
    } catch (DateTimeException unknown) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "zone is one such as Asia/Shanghai.");
    }
  }

  private void answer(Context ctx, Object body) {
    ctx.result(json.write(body));
    ctx.contentType("application/json");
  }
}
