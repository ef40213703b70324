package io.roadcast.sfu.router;

import org.jspecify.annotations.Nullable;

/**
 * Counters of the way from a source to here, since the publication began.
 *
 * @param gaps places where sequence numbers are missing
 * @param lostPackets how many numbers are missing in them
 * @param damagedFrames frames dropped because a part of them, or of what they refer to, is missing
 * @param skippedBytes bytes that belong to no packet
 * @param timestampRepairs how often the source's clock jumped or stood still
 * @param captureDelayMs from the camera's stamp of a picture until it was complete here, lately;
 *     null where the camera's clock does not tell
 */
public record UplinkStatistics(
    long packets,
    long bytes,
    long gaps,
    long lostPackets,
    long damagedFrames,
    long skippedBytes,
    long timestampRepairs,
    @Nullable Long captureDelayMs) {
  public static final UplinkStatistics NONE = new UplinkStatistics(0, 0, 0, 0, 0, 0, 0);

  /** Of a source that does not tell when its pictures were taken. */
  public UplinkStatistics(
      long packets,
      long bytes,
      long gaps,
      long lostPackets,
      long damagedFrames,
      long skippedBytes,
      long timestampRepairs) {
    this(packets, bytes, gaps, lostPackets, damagedFrames, skippedBytes, timestampRepairs, null);
  }
}
