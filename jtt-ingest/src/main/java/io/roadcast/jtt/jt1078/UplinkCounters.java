package io.roadcast.jtt.jt1078;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one channel of one connection sent. Written by the connection's thread, read by any. A loss
 * is counted for the channel of the packet that shows it.
 */
final class UplinkCounters {
  final LongAdder packets = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder gaps = new LongAdder();
  final LongAdder lostPackets = new LongAdder();
  final LongAdder damagedFrames = new LongAdder();
  final LongAdder skippedBytes = new LongAdder();
  final LongAdder timestampRepairs = new LongAdder();

  /** What {@link CameraClock} says last. */
  volatile long captureDelayMillis = CameraClock.UNKNOWN;

  private final IngestStatistics all;
  private final LongAdder traffic;

  /**
   * @param all counts damaged frames and repairs of all channels
   * @param traffic counts the bytes of the terminal
   */
  UplinkCounters(IngestStatistics all, LongAdder traffic) {
    this.all = all;
    this.traffic = traffic;
  }

  void packet(int length) {
    packets.increment();
    bytes.add(length);
    traffic.add(length);
  }

  /** A frame was dropped because a part of it, or of what it refers to, is missing. */
  void frameDamaged() {
    damagedFrames.increment();
    all.dropped(DropReason.DAMAGED_FRAME, 1);
  }

  /** The terminal's clock jumped or stood still so many times. */
  void timestampsRepaired(long times) {
    timestampRepairs.add(times);
    all.timestampsRepaired(times);
  }
}
