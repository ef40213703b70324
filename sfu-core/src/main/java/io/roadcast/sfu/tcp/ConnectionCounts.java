package io.roadcast.sfu.tcp;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How many connections there are, whether there is room for another, and what became of them. */
final class ConnectionCounts {
  private static final int MAX_UNPROVED = 1000;
  private static final int MAX_UNPROVED_OF_ADDRESS = 200;

  private final int maxConnections;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger unproved = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> unprovedOf = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final AtomicLongArray ends = new AtomicLongArray(ConnectionEnd.values().length);

  ConnectionCounts(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  /** Counts a connection in; whether it may stay. It is counted out by {@link #ended} anyway. */
  boolean enter(InetAddress from) {
    int inAll = open.incrementAndGet();
    int withoutProof = unproved.incrementAndGet();
    int ofAddress = unprovedOf.merge(from, 1, Integer::sum);
    return inAll <= maxConnections
        && withoutProof <= MAX_UNPROVED
        && ofAddress <= MAX_UNPROVED_OF_ADDRESS;
  }

  void proved(InetAddress from) {
    unproved.decrementAndGet();
    unprovedOf.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
  }

  void ended(InetAddress from, boolean wasProved, ConnectionEnd end) {
    open.decrementAndGet();
    if (!wasProved) {
      proved(from);
    }
    ends.incrementAndGet(end.ordinal());
  }

  void dropped() {
    dropped.increment();
  }

  TcpStatistics snapshot() {
    Map<ConnectionEnd, Long> byReason = new EnumMap<>(ConnectionEnd.class);
    for (ConnectionEnd end : ConnectionEnd.values()) {
      byReason.put(end, ends.get(end.ordinal()));
    }
    return new TcpStatistics(open.get(), dropped.sum(), byReason);
  }
}
