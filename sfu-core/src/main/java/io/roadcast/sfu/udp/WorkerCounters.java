package io.roadcast.sfu.udp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** What one worker counts. Its thread writes, any thread reads, without a lock. */
final class WorkerCounters {
  /** One number each; the noise follows in the same array. */
  enum Count {
    VIEWERS,
    STREAMS,
    PACKETS,
    BYTES,
    RUNS,
    FRAMES_DROPPED_BY_SOCKET,
    FRAMES_SHED,
    FRAMES_THINNED,
    RETRANSMITTED,
    NACKS,
    PLIS,
    HANDED_OVER,
    /** Millionths of the last second in which the worker did not sleep. */
    UTILISATION
  }

  private static final int NOISE = Count.values().length;

  private final AtomicLongArray values = new AtomicLongArray(NOISE + NoiseReason.values().length);

  void add(Count count, long number) {
    add(count.ordinal(), number);
  }

  void noise(NoiseReason reason) {
    add(NOISE + reason.ordinal(), 1);
  }

  void set(Count count, long number) {
    values.setOpaque(count.ordinal(), number);
  }

  long get(Count count) {
    return values.getOpaque(count.ordinal());
  }

  long get(NoiseReason reason) {
    return values.getOpaque(NOISE + reason.ordinal());
  }

  Map<NoiseReason, Long> noise() {
    Map<NoiseReason, Long> noise = new EnumMap<>(NoiseReason.class);
    for (NoiseReason reason : NoiseReason.values()) {
      noise.put(reason, get(reason));
    }
    return noise;
  }

  private void add(int place, long number) {
    values.setOpaque(place, values.getPlain(place) + number);
  }
}
