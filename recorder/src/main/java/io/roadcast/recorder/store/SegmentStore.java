package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.util.Optional;

/** Finds segments by their place. Its methods block; any thread. */
public interface SegmentStore {
  /**
   * What stands beside a segment's file.
   *
   * @throws IOException if there is none, or none that can be read
   */
  Sidecar sidecar(Segment segment) throws IOException;

  /**
   * Opens a segment's file; the caller closes it.
   *
   * @param sidecar as it is by now, which may be ahead of the one beside the file
   * @throws IOException if it is not there, or can not be read
   */
  SegmentSource open(Sidecar sidecar) throws IOException;

  /**
   * Where anybody may read a segment's file for a short time without asking us; empty if there is
   * no such place.
   */
  default Optional<String> directAddress(Segment segment) {
    return Optional.empty();
  }
}
