package io.roadcast.jtt.live;

import io.roadcast.jtt.jt1078.UplinkTotals;
import io.roadcast.sfu.router.StreamId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How terminals' media came in since the start, channel by channel. Any thread. */
public final class TerminalUplinks {
  private final Map<String, Map<Integer, UplinkTotals>> totals = new ConcurrentHashMap<>();

  /** What a channel is added up in; both qualities of it in the same. */
  public UplinkTotals of(StreamId channel) {
    return totals
        .computeIfAbsent(channel.terminal(), fresh -> new ConcurrentHashMap<>())
        .computeIfAbsent(channel.channel(), fresh -> new UplinkTotals());
  }

  /** Of the channels that ever sent something, by number. */
  public SortedMap<Integer, UplinkTotals.Sums> channels(String terminal) {
    SortedMap<Integer, UplinkTotals.Sums> found = new TreeMap<>();
    totals
        .getOrDefault(terminal, Map.of())
        .forEach((channel, each) -> found.put(channel, each.sums()));
    return found;
  }
}
