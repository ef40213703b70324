package io.roadcast.recorder.record;

import io.roadcast.recorder.store.Seals;
import java.nio.file.Path;
import java.time.Duration;

/**
 * @param directory of all recordings
 * @param ring how long everything live stays, kept or not
 * @param segment segments end at multiples of this, counted from midnight UTC
 * @param maxQueuedBytes what may wait for the disk, per stream; beyond it the recording drops to
 *     the next keyframe
 * @param writers threads that write
 * @param reservedBytes room that the disk keeps for others; nothing is written below it
 * @param seals whether segments are encrypted
 */
public record RecorderConfig(
    Path directory,
    Duration ring,
    Duration segment,
    long maxQueuedBytes,
    int writers,
    long reservedBytes,
    Seals seals) {
  public RecorderConfig {
    if (segment.isZero() || segment.isNegative() || ring.isNegative() || writers < 1) {
      throw new IllegalArgumentException("a recorder has segments, a ring and a writer");
    }
  }
}
