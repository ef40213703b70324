package io.roadcast.signaling.terminal;

import io.roadcast.jtt.live.DataBudgets;
import io.roadcast.jtt.live.DataUsage;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a month as the API shows it.
 *
 * @param channels null where they are not told apart
 * @param monthlyBytes the budget; null if there is none, and for a month that is over
 * @param leftBytes what may still be used of it; null if there is no budget
 */
record UsageView(
    String month,
    long bytes,
    @Nullable List<ChannelBytes> channels,
    @Nullable Long monthlyBytes,
    @Nullable Long leftBytes) {
  record ChannelBytes(int channel, long bytes) {}

  /** Of a terminal in the present month. */
  static UsageView now(DataUsage.Month used, long budget) {
    return of(used.month(), used.bytes(), channels(used), budget);
  }

  /** Of an organization in the present month. */
  static UsageView now(YearMonth month, long bytes, long budget) {
    return of(month, bytes, null, budget);
  }

  /** Of a month that is over. */
  static UsageView past(DataUsage.Month used) {
    return of(
        used.month(),
        used.bytes(),
        used.channels().isEmpty() ? null : channels(used),
        DataBudgets.UNLIMITED);
  }

  private static List<ChannelBytes> channels(DataUsage.Month used) {
    return used.channels().entrySet().stream()
        .map(each -> new ChannelBytes(each.getKey(), each.getValue()))
        .toList();
  }

  private static UsageView of(
      YearMonth month, long bytes, @Nullable List<ChannelBytes> channels, long budget) {
    boolean limited = budget != DataBudgets.UNLIMITED;
    return new UsageView(
        month.toString(),
        bytes,
        channels,
        limited ? budget : null,
        limited ? Math.max(0, budget - bytes) : null);
  }
}
