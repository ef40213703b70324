package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.catalog.RecordingQuery;
import java.time.ZoneId;
import java.util.List;

/**
 * Somewhere that pictures of a past time lie: this server, or the storage of a terminal. Methods
 * block; any thread.
 */
public interface TimelineSource {
  /**
   * What there is, in any order.
   *
   * @param limit beyond which nothing more need be told
   */
  List<Span> spans(RecordingQuery query, int limit);

  /** The days of a time that have something. */
  List<RecordedDay> days(RecordingQuery query, ZoneId zone);
}
