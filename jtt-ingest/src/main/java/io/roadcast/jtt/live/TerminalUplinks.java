package io.roadcast.jtt.live;

import io.roadcast.jtt.jt1078.UplinkTotals;
import io.roadcast.sfu.router.StreamId;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How terminals' media came in since the start, channel by channel. Nobody proves which terminal
 * media is from, so only so many are told apart. Any thread.
 */
public final class TerminalUplinks {
  private final ChannelTable<UplinkTotals> totals = new ChannelTable<>(UplinkTotals::new);

  /**
   * What a channel is added up in; both qualities of it in the same. Those beyond what is told
   * apart have one in common that nobody sees.
   */
  public UplinkTotals of(StreamId channel) {
    return totals.of(channel.terminal(), channel.channel());
  }

  /** Of the channels that ever sent something, by number. */
  public SortedMap<Integer, UplinkTotals.Sums> channels(String terminal) {
    SortedMap<Integer, UplinkTotals.Sums> found = new TreeMap<>();
    totals.channels(terminal).forEach((channel, each) -> found.put(channel, each.sums()));
    return found;
  }
}
