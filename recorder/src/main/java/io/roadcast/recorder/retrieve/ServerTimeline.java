package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.retrieve.Span.Origin;
import io.roadcast.recorder.segment.Gap;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What this server has recorded. */
public final class ServerTimeline implements TimelineSource {
  private static final int PAGE = 500;

  private final Recordings recordings;

  public ServerTimeline(Recordings recordings) {
    this.recordings = recordings;
  }

  @Override
  public List<Span> spans(RecordingQuery query, int limit) {
    List<Span> spans = new ArrayList<>();
    Place after = Place.FIRST;
    List<Segment> page;
    do {
      page = recordings.list(query, after, PAGE);
      for (Segment segment : page) {
        spans.addAll(of(segment));
        after = new Place(segment.from(), segment.id());
      }
    } while (page.size() == PAGE && spans.size() < limit);
    return spans;
  }

  /** The segment without its gaps. */
  private static List<Span> of(Segment segment) {
    List<Span> spans = new ArrayList<>();
    Instant from = segment.from();
    for (Gap gap : segment.gaps()) {
      if (gap.from().isAfter(from)) {
        spans.add(span(segment, from, gap.from(), false));
      }
      from = gap.to();
    }
    if (from.isBefore(segment.to())) {
      spans.add(span(segment, from, segment.to(), segment.state() == SegmentState.RECORDING));
    }
    return spans;
  }

  private static Span span(Segment segment, Instant from, Instant to, boolean growing) {
    return new Span(
        Origin.SERVER,
        segment.stream(),
        segment.quality(),
        segment.owner(),
        from,
        to,
        growing,
        segment.codec(),
        segment.width(),
        segment.height());
  }

  @Override
  public List<RecordedDay> days(RecordingQuery query, ZoneId zone) {
    return recordings.days(query, zone).stream()
        .map(
            day ->
                new RecordedDay(Origin.SERVER, day.day(), day.stream(), day.quality(), day.owner()))
        .toList();
  }
}
