package io.roadcast.signaling.ws;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many connections there are, in all and per address. */
final class ConnectionCount {
  private final int max;
  private final int maxPerAddress;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int total;

  ConnectionCount(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  synchronized boolean hasRoom(String address) {
    return total < max && byAddress.getOrDefault(address, 0) < maxPerAddress;
  }

  synchronized boolean enter(String address) {
    if (!hasRoom(address)) {
      return false;
    }
    total++;
    byAddress.merge(address, 1, Integer::sum);
    return true;
  }

  synchronized void leave(String address) {
    total--;
    byAddress.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    notifyAll();
  }

  /** Waits until there are none, at most so long. */
  synchronized void awaitNone(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); total > 0 && left > 0; ) {
        wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized int total() {
    return total;
  }
}
