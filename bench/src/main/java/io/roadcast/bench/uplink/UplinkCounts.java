package io.roadcast.bench.uplink;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the senders did. Any thread. */
final class UplinkCounts {
  final LongAdder pictures = new LongAdder();
  final LongAdder packets = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder broken = new LongAdder();

  /** The longest that a picture left after it was due, since the last look. */
  final AtomicLong latestNanos = new AtomicLong();

  void late(long nanos) {
    latestNanos.accumulateAndGet(nanos, Math::max);
  }
}
