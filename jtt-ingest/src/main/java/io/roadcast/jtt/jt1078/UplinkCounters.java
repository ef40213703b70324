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
}
