package io.roadcast.jtt.jt1078;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Bounds connections in all and per address. May be used on any thread. */
final class ConnectionGate {
  private final int maxConnections;
  private final int maxPerAddress;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  ConnectionGate(int maxConnections, int maxPerAddress) {
    this.maxConnections = maxConnections;
    this.maxPerAddress = maxPerAddress;
  }

  /** Lets a connection in; the reason if there is no room. Every entry needs one {@link #leave}. */
  @Nullable CloseReason enter(InetAddress address) {
    if (open.incrementAndGet() > maxConnections) {
      open.decrementAndGet();
      return CloseReason.TOO_MANY_CONNECTIONS;
    }
    int count = perAddress.merge(address, 1, Integer::sum);
    if (count > maxPerAddress) {
      leave(address);
      return CloseReason.TOO_MANY_OF_ADDRESS;
    }
    return null;
  }

  void leave(InetAddress address) {
    open.decrementAndGet();
    perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  int open() {
    return open.get();
  }
}
