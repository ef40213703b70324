package io.roadcast.jtt.gateway;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How often each address may do something in a minute. May be used on any thread. */
final class MinuteQuota {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int MAX_ADDRESSES = 100_000;

  private final int most;
  private final Map<InetAddress, Integer> counts = new HashMap<>();
  private long minuteEnds;
  private boolean begun;

  MinuteQuota(int most) {
    this.most = most;
  }

  /** Counts one; false if that is one too many. */
  synchronized boolean take(InetAddress address, long nowNanos) {
    if (!begun || nowNanos - minuteEnds >= 0) {
      begun = true;
      minuteEnds = nowNanos + MINUTE;
      counts.clear();
    }
    if (counts.size() >= MAX_ADDRESSES && !counts.containsKey(address)) {
      return false;
    }
    return counts.merge(address, 1, Integer::sum) <= most;
  }
}
