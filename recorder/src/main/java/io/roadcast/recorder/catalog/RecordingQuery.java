package io.roadcast.recorder.catalog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which segments are wanted; null is whichever.
 *
 * @param from segments that end later
 * @param to segments that begin earlier
 */
public record RecordingQuery(
    @Nullable String stream,
    @Nullable String quality,
    @Nullable UUID vehicle,
    Instant from,
    Instant to) {

  /** Where a page begins: behind this segment. */
  public record Place(Instant from, UUID id) {
    /** Before all. */
    public static final Place FIRST = new Place(Instant.EPOCH, new UUID(0, 0));
  }
}
