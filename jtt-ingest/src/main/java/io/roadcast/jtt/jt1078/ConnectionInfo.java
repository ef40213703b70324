package io.roadcast.jtt.jt1078;

import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import java.time.Instant;
import java.util.List;

/**
 * A terminal's connection, or UDP flow, as it is now.
 *
 * @param streams what it publishes
 */
public record ConnectionInfo(
    SourceInfo source,
    Instant since,
    List<StreamId> streams,
    long packets,
    long bytes,
    long skippedBytes) {
  public ConnectionInfo {
    streams = List.copyOf(streams);
  }
}
