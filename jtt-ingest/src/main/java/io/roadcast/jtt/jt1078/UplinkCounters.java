package io.roadcast.jtt.jt1078;

import io.roadcast.sfu.router.Stream;
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

  /** What {@link CameraClock#epochOffsetMicros} says last; of the connection's thread. */
  long captureOffsetMicros = Stream.UNKNOWN_CAPTURE;

  private final IngestStatistics all;
  private final LongAdder traffic;
  private final UplinkTotals totals;

  /**
   * @param all counts damaged frames and repairs of all channels
   * @param traffic counts the bytes of the terminal
   * @param totals of the channel, over all its connections
   */
  UplinkCounters(IngestStatistics all, LongAdder traffic, UplinkTotals totals) {
    this.all = all;
    this.traffic = traffic;
    this.totals = totals;
  }

  void packet(int length) {
    packets.increment();
    bytes.add(length);
    traffic.add(length);
    totals.packet();
  }

  /** So many numbers are missing before the packet that came. */
  void gap(int missing) {
    gaps.increment();
    lostPackets.add(missing);
    totals.gap(missing);
  }

  /** A picture was dropped because its bytes make none. */
  void pictureMalformed() {
    damagedFrames.increment();
    totals.frameDamaged();
    all.dropped(DropReason.MALFORMED_PICTURE, 1);
  }

  /** A frame was dropped because a part of it, or of what it refers to, is missing. */
  void frameDamaged() {
    damagedFrames.increment();
    totals.frameDamaged();
    all.dropped(DropReason.DAMAGED_FRAME, 1);
  }

  /** The terminal's clock jumped or stood still so many times. */
  void timestampsRepaired(long times) {
    timestampRepairs.add(times);
    totals.timestampsRepaired(times);
    all.timestampsRepaired(times);
  }
}
