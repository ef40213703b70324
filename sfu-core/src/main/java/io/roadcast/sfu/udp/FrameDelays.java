package io.roadcast.sfu.udp;

import java.util.EnumMap;
import java.util.Map;

/**
 * How long live frames took through a worker, by kind. One thread writes, any thread reads; nothing
 * is allocated per frame.
 */
final class FrameDelays {
  /** See {@link FrameDelay}. */
  private record Pair(DelayHistogram firstPacket, DelayHistogram lastPacket) {}

  private final Pair[] pairs = new Pair[FrameKind.values().length];

  FrameDelays() {
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new Pair(new DelayHistogram(), new DelayHistogram());
    }
  }

  void record(FrameKind kind, long firstPacketNanos, long lastPacketNanos) {
    Pair pair = pairs[kind.ordinal()];
    pair.firstPacket.record(firstPacketNanos);
    pair.lastPacket.record(lastPacketNanos);
  }

  Map<FrameKind, FrameDelay> snapshot() {
    Map<FrameKind, FrameDelay> delays = new EnumMap<>(FrameKind.class);
    for (FrameKind kind : FrameKind.values()) {
      Pair pair = pairs[kind.ordinal()];
      delays.put(kind, new FrameDelay(pair.firstPacket.snapshot(), pair.lastPacket.snapshot()));
    }
    return delays;
  }
}
