package io.roadcast.signaling.ws;

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
  }

  synchronized int total() {
    return total;
  }
}
