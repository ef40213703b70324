package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt1078.Jt1078Packet;
import java.io.IOException;
import java.util.List;

/** Where the findings of an {@link Jt1078Inspection} go. */
public interface Jt1078Report {
  /**
   * A packet was found.
   *
   * @param packet valid during the call only
   * @param offset where it begins in the file, in bytes
   * @param skipped bytes directly before it that belong to no packet
   */
  void packet(Jt1078Packet packet, long offset, long skipped) throws IOException;

  /**
   * The recording is at its end.
   *
   * @param skipped all bytes that belong to no packet
   */
  void summary(long packets, long skipped, List<StreamSummary> streams) throws IOException;
}
