package io.roadcast.signaling.recording;

import io.roadcast.recorder.retrieve.Span;
import io.roadcast.recorder.retrieve.Timeline.Line;
import io.roadcast.recorder.segment.Gap;
import java.time.Instant;
import java.util.List;

/** What there is of a stream, as it is shown. */
record TimelineLineView(String stream, String quality, List<SpanView> spans, List<Gap> gaps) {
  /**
   * @param source "server" or "terminal"
   * @param recording whether it grows
   */
  record SpanView(
      String source,
      Instant from,
      Instant to,
      boolean recording,
      String codec,
      int width,
      int height) {
    static SpanView of(Span span) {
      return new SpanView(
          span.origin().label(),
          span.from(),
          span.to(),
          span.growing(),
          span.codec(),
          span.width(),
          span.height());
    }
  }

  static TimelineLineView of(Line line) {
    return new TimelineLineView(
        line.stream(),
        line.quality(),
        line.spans().stream().map(SpanView::of).toList(),
        line.gaps());
  }
}
