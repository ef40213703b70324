package io.roadcast.jtt.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param directory where segments lie; made if absent
 * @param segmentBytes a segment is followed by a new one when it would grow beyond this
 * @param maxBytes all segments together; at this size nothing more is taken
 * @param maxAge when the oldest record that was not followed is older, nothing more is taken
 * @param groupInterval how long the first record of a group waits for others before the group is
 *     written
 * @param maxQueuedBytes records that wait to be written, together
 */
public record JournalConfig(
    Path directory,
    int segmentBytes,
    long maxBytes,
    Duration maxAge,
    Duration groupInterval,
    int maxQueuedBytes) {
  private static final int LEAST_SEGMENT_BYTES = 4 * 1024;
  private static final Duration LONGEST_GROUP = Duration.ofMillis(50);

  public JournalConfig {
    if (segmentBytes < LEAST_SEGMENT_BYTES || maxBytes < segmentBytes || maxQueuedBytes < 1) {
      throw new IllegalArgumentException(
          "a segment has 4 KiB or more, and all segments together no less");
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("the longest age is positive");
    }
    if (groupInterval.isNegative() || groupInterval.compareTo(LONGEST_GROUP) > 0) {
      throw new IllegalArgumentException("a group waits 0 to 50 ms");
    }
  }

  /** The usual limits. */
  public static JournalConfig in(Path directory) {
    return new JournalConfig(
        directory, 64 << 20, 8L << 30, Duration.ofDays(7), Duration.ofMillis(10), 64 << 20);
  }

  public JournalConfig withBytes(int segment, long all) {
    return new JournalConfig(directory, segment, all, maxAge, groupInterval, maxQueuedBytes);
  }

  public JournalConfig withMaxAge(Duration age) {
    return new JournalConfig(directory, segmentBytes, maxBytes, age, groupInterval, maxQueuedBytes);
  }
}
