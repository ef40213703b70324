package io.roadcast.sfu.whep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings one source's packets into the order of their numbers. What is missing is waited for, and
 * asked for again, for a while. Used by one thread.
 */
final class PacketOrder {
  private static final long PATIENCE_NANOS = 400_000_000;

  /** Packets that merely overtook each other are not asked for. */
  private static final long FIRST_REQUEST_NANOS = 10_000_000;

  private static final long REQUEST_INTERVAL_NANOS = 100_000_000;
  private static final int MAX_WAITING = 2048;
  private static final int MAX_REQUESTED = 200;
  private static final long NOTHING_YET = -1;

  private final TreeMap<Long, IncomingPacket> waiting = new TreeMap<>();
  private final Map<Long, Long> dueNanos = new HashMap<>();
  private long next = NOTHING_YET;
  private long gapSinceNanos;
  private long lost;

  /** Takes a packet in; one that came too late, or came before, is dropped. */
  void add(IncomingPacket packet) {
    if (next == NOTHING_YET) {
      next = packet.number();
    }
    if (packet.number() >= next) {
      if (waiting.isEmpty()) {
        gapSinceNanos = packet.receivedNanos();
      }
      waiting.putIfAbsent(packet.number(), packet);
      dueNanos.remove(packet.number());
    }
  }

  /**
   * The next packet in order; null if it has to be waited for. When a gap is given up the packets
   * behind it come, and {@link #lost()} has risen.
   */
  @Nullable IncomingPacket take(long nowNanos) {
    Map.Entry<Long, IncomingPacket> first = waiting.firstEntry();
    if (first == null) {
      return null;
    }
    boolean patient = nowNanos - gapSinceNanos < PATIENCE_NANOS && waiting.size() < MAX_WAITING;
    if (first.getKey() > next && patient) {
      return null;
    }
    lost += first.getKey() - next;
    next = first.getKey() + 1;
    waiting.pollFirstEntry();
    dueNanos.keySet().removeIf(number -> number < next);
    gapSinceNanos = nowNanos;
    return first.getValue();
  }

  /** Packets that were given up so far. */
  long lost() {
    return lost;
  }

  /** The numbers that are to be asked for now, at most 200. */
  List<Long> missing(long nowNanos) {
    List<Long> numbers = new ArrayList<>();
    long from = next;
    for (long there : waiting.keySet()) {
      for (long number = from; number < there && numbers.size() < MAX_REQUESTED; number++) {
        Long due = dueNanos.putIfAbsent(number, nowNanos + FIRST_REQUEST_NANOS);
        if (due != null && nowNanos - due >= 0) {
          dueNanos.put(number, nowNanos + REQUEST_INTERVAL_NANOS);
          numbers.add(number);
        }
      }
      from = there + 1;
    }
    return numbers;
  }

  /** Whether a packet is waited for. */
  boolean incomplete() {
    return !waiting.isEmpty();
  }
}
