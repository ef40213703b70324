package io.roadcast.recorder.playback;

import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.SegmentStore;
import io.roadcast.sfu.router.StreamId;
import java.util.function.Predicate;

/** All that is recorded: what the ring has, kept or not, and what the catalogue lists. */
public record Archive(Ring ring, RecordingCatalog catalog, SegmentStore store) {
  /**
   * What is recorded of a stream.
   *
   * @param permitted what the asker may see; all else is as if it were not there
   */
  Footage of(StreamId stream, Predicate<Segment> permitted) {
    return new Footage(this, stream, permitted);
  }
}
