package io.roadcast.simulator;

import java.util.concurrent.atomic.LongAdder;

/** What a simulation did, summed over its connections. May be read and written by any thread. */
final class UplinkCounters {
  final LongAdder videoFrames = new LongAdder();
  final LongAdder keyframes = new LongAdder();
  final LongAdder soundBlocks = new LongAdder();
  final LongAdder packets = new LongAdder();
  final LongAdder packetsLost = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder connects = new LongAdder();
  final LongAdder connected = new LongAdder();

  SimulationCounters snapshot() {
    return new SimulationCounters(
        videoFrames.sum(),
        keyframes.sum(),
        soundBlocks.sum(),
        packets.sum(),
        packetsLost.sum(),
        bytes.sum(),
        dropped.sum(),
        connects.sum(),
        connected.sum());
  }
}
