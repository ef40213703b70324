package io.roadcast.recorder.record;

import io.roadcast.recorder.segment.Segment;
import org.jspecify.annotations.Nullable;

/** Says which segments are kept when they leave the ring. Asked on writer threads; never blocks. */
@FunctionalInterface
public interface KeepRule {
  boolean keeps(Segment segment);

  /** Scope and subject of the policy that says for how long; null if there is none. */
  default @Nullable String policy(Segment segment) {
    return null;
  }
}
