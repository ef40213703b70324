package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.SegmentSource;
import io.roadcast.recorder.store.SegmentStore;
import java.io.IOException;
import java.util.List;

/**
 * A segment that is part of a time that was asked for: where its fragments are, and the way to its
 * bytes.
 *
 * @param sidecar as far as the segment is written by now
 */
public record Piece(Sidecar sidecar, SegmentStore store) {
  public Segment segment() {
    return sidecar.segment();
  }

  public List<Fragment> fragments() {
    return sidecar.fragments();
  }

  /** Opens its bytes; the caller closes them. */
  public SegmentSource open() throws IOException {
    return store.open(sidecar);
  }
}
