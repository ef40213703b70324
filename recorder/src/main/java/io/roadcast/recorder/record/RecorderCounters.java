package io.roadcast.recorder.record;

import java.util.concurrent.atomic.LongAdder;

/** Counted on all threads of the recorder. */
final class RecorderCounters {
  final LongAdder frames = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder damaged = new LongAdder();
  final LongAdder segments = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder soundJumps = new LongAdder();
}
