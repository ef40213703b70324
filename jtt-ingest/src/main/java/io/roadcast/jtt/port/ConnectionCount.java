package io.roadcast.jtt.port;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds connections in all and per address. May be used on any thread.
 *
 * @param <R> why one is not let in
 */
public final class ConnectionCount<R> {
  private final int most;
  private final int mostPerAddress;
  private final R tooMany;
  private final R tooManyOfAddress;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  public ConnectionCount(int most, int mostPerAddress, R tooMany, R tooManyOfAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
    this.tooMany = tooMany;
    this.tooManyOfAddress = tooManyOfAddress;
  }

  /** Lets one in; why not, or null. Every entry needs one {@link #leave}. */
  public @Nullable R enter(InetAddress address) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return tooMany;
    }
    if (perAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
      leave(address);
      return tooManyOfAddress;
    }
    return null;
  }

  public void leave(InetAddress address) {
    open.decrementAndGet();
    perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  public int open() {
    return open.get();
  }
}
