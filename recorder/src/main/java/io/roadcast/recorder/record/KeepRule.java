package io.roadcast.recorder.record;

import io.roadcast.recorder.segment.Segment;

/** Says which segments are kept when they leave the ring. Asked on writer threads; never blocks. */
@FunctionalInterface
public interface KeepRule {
  boolean keeps(Segment segment);
}
