package io.roadcast.jtt.gateway;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Bounds connections in all and per address. May be used on any thread. */
final class ConnectionCount {
  private final int most;
  private final int mostPerAddress;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  ConnectionCount(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /** Lets one in; why not, or null. Every entry needs one {@link #leave}. */
  @Nullable CloseReason enter(InetAddress address) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return CloseReason.TOO_MANY_CONNECTIONS;
    }
    if (perAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
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
