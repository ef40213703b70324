package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;

/** One of the places where segments are kept. Its methods block; any thread. */
public interface Tier extends SegmentStore {
  /** Writes what stands beside a segment's file anew; whoever reads sees the former or this one. */
  void write(Sidecar sidecar) throws IOException;

  /**
   * Deletes a segment's file and what stands beside it; what is not there is no failure.
   *
   * @throws IOException if it may still be there
   */
  void delete(String place) throws IOException;

  /**
   * Whether a segment's file is there.
   *
   * @throws IOException if that can not be told
   */
  boolean exists(String place) throws IOException;

  /** Shows everything that stands beside a segment's file, by the place that it was found at. */
  void visit(Visitor visitor) throws IOException;

  /** Is shown what a tier holds. */
  interface Visitor {
    void found(Sidecar sidecar);

    /** Something that can not be read. */
    void unreadable(String name, IOException failure);
  }
}
