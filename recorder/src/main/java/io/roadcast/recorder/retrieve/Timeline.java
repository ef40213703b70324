package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.segment.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What there is of a time, whoever has it. Methods block; any thread. */
public final class Timeline {
  /** Of spans before they are joined; a day of a vehicle's cameras has far less. */
  public static final int MAX_SPANS = 20_000;

  /** Pictures may be that far apart without a gap. */
  private static final Duration JOINED = Duration.ofMillis(500);

  private final List<TimelineSource> sources;

  /**
   * One stream's time.
   *
   * @param spans by time; those of one origin do not overlap
   * @param gaps between the spans, where nobody has anything
   */
  public record Line(String stream, String quality, List<Span> spans, List<Gap> gaps) {}

  public Timeline(List<TimelineSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * The streams that there is something of.
   *
   * @param permitted what the asker may see; all else is as if it were not there
   * @throws TooMuchRecordedException if it is more than anybody can use
   */
  public List<Line> lines(RecordingQuery query, Predicate<Span> permitted)
      throws TooMuchRecordedException {
    Map<String, List<Span>> streams = new TreeMap<>();
    int count = 0;
    for (TimelineSource source : sources) {
      for (Span span : source.spans(query, MAX_SPANS + 1)) {
        count++;
        if (permitted.test(span)
            && span.from().isBefore(query.to())
            && span.to().isAfter(query.from())) {
          streams
              .computeIfAbsent(span.stream() + "@" + span.quality(), key -> new ArrayList<>())
              .add(span.within(later(span.from(), query.from()), earlier(span.to(), query.to())));
        }
      }
    }
    if (count > MAX_SPANS) {
      throw new TooMuchRecordedException();
    }
    return streams.values().stream().map(Timeline::line).toList();
  }

  private static Line line(List<Span> spans) {
    List<Span> joined = new ArrayList<>();
    spans.stream()
        .collect(Collectors.groupingBy(Span::origin))
        .forEach((origin, own) -> joined.addAll(joined(own)));
    joined.sort(Comparator.comparing(Span::from).thenComparing(Span::origin));
    Span any = spans.getFirst();
    return new Line(any.stream(), any.quality(), joined, gaps(joined));
  }

  private static List<Span> joined(List<Span> spans) {
    List<Span> result = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
      Span last = result.isEmpty() ? null : result.getLast();
      if (last != null && last.sameKind(span) && !span.from().isAfter(last.to().plus(JOINED))) {
        result.removeLast();
        result.add(last.until(later(last.to(), span.to()), span.growing()));
      } else {
        result.add(span);
      }
    }
    return result;
  }

  private static List<Gap> gaps(List<Span> spans) {
    List<Gap> gaps = new ArrayList<>();
    Instant end = null;
    for (Span span : spans) {
      if (end != null && span.from().isAfter(end.plus(JOINED))) {
        gaps.add(new Gap(end, span.from()));
      }
      end = end == null ? span.to() : later(end, span.to());
    }
    return gaps;
  }

  /** The days of a time that have something. */
  public List<RecordedDay> days(
      RecordingQuery query, ZoneId zone, Predicate<RecordedDay> permitted) {
    return sources.stream()
        .flatMap(source -> source.days(query, zone).stream())
        .filter(permitted)
        .toList();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
