package io.roadcast.recorder.record;

import io.roadcast.recorder.segment.Segment;

/** Told of kept segments: that they were begun, and that they are complete. Must be quick. */
@FunctionalInterface
public interface SegmentListener {
  void changed(Segment segment);
}
