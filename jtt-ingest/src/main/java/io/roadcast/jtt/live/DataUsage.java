package io.roadcast.jtt.live;

import io.roadcast.jtt.live.UsageStore.Channel;
import io.roadcast.sfu.router.StreamId;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * How many bytes of media each channel has sent in this month (UTC), of live streams that were
 * asked for and of others alike. Any thread; {@link #save} and {@link #of(YearMonth, Predicate)}
 * block.
 */
public final class DataUsage {
  /**
   * What was sent in a month.
   *
   * @param bytes of media packets, headers included
   * @param channels how many of them each channel sent; what was counted when channels were not
   *     told apart is in none
   */
  public record Month(YearMonth month, long bytes, SortedMap<Integer, Long> channels) {
    static Month of(YearMonth month, Map<Integer, Long> bytes) {
      SortedMap<Integer, Long> channels = new TreeMap<>(bytes);
      channels.remove(UsageStore.ALL_CHANNELS);
      channels.values().removeIf(each -> each == 0);
      return new Month(month, bytes.values().stream().mapToLong(Long::longValue).sum(), channels);
    }
  }

  /** What came in from one channel. */
  private static final class Meter {
    final LongAdder bytes = new LongAdder();

    /** How much of them belongs to earlier months or was loaded from the store. */
    volatile long offset;

    /** How much of them is in the store. */
    long saved;

    long thisMonth() {
      return bytes.sum() - offset;
    }
  }

  private final UsageStore store;
  private final InstantSource clock;
  private final ChannelTable<Meter> meters = new ChannelTable<>(Meter::new);
  private volatile YearMonth month;
  private volatile boolean loaded;

  public DataUsage(UsageStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.month = currentMonth();
  }

  /**
   * What the bytes of a channel are added to; both qualities of it to the same. Nobody proves which
   * terminal media is from: beyond some hundred thousand channels they are not told apart.
   */
  public LongAdder of(StreamId channel) {
    return meter(new Channel(channel.terminal(), channel.channel())).bytes;
  }

  /** What a terminal has sent in this month. */
  public Month month(String terminal) {
    Map<Integer, Long> bytes = new HashMap<>();
    if (month.equals(currentMonth())) {
      meters.channels(terminal).forEach((channel, meter) -> bytes.put(channel, meter.thisMonth()));
    }
    return Month.of(currentMonth(), bytes);
  }

  /** How many bytes a terminal has sent in this month. */
  long bytes(String terminal) {
    return month.equals(currentMonth()) ? sum(meters.channels(terminal)) : 0;
  }

  /**
   * What some terminals together have sent in any month, as the store has it: up to the last time
   * that it was saved. The channels are not told apart.
   */
  public Month of(YearMonth wanted, Predicate<String> terminals) {
    long bytes = 0;
    for (Map.Entry<Channel, Long> each : store.load(wanted).entrySet()) {
      bytes += terminals.test(each.getKey().terminal()) ? each.getValue() : 0;
    }
    return Month.of(wanted, Map.of(UsageStore.ALL_CHANNELS, bytes));
  }

  /** What one terminal has sent in any month, as the store has it. */
  public Month of(YearMonth wanted, String terminal) {
    Map<Integer, Long> bytes = new HashMap<>();
    store
        .load(wanted)
        .forEach(
            (channel, sent) -> {
              if (channel.terminal().equals(terminal)) {
                bytes.put(channel.channel(), sent);
              }
            });
    return Month.of(wanted, bytes);
  }

  /** The terminals that have ever sent something. */
  Set<String> terminals() {
    return meters.terminals();
  }

  /** Bytes of all terminals since the start and, once loaded, of this month before it. */
  public long bytesOfAll() {
    LongAdder all = new LongAdder();
    meters.forEach((terminal, channels) -> all.add(sum(channels)));
    return all.sum();
  }

  private static long sum(Map<Integer, Meter> channels) {
    return channels.values().stream().mapToLong(Meter::thisMonth).sum();
  }

  /** The month that is now. */
  public YearMonth currentMonth() {
    return YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
  }

  /**
   * Brings what came in since the last time into the store; the first time it also learns what the
   * store has of this month. If the store fails nothing is lost: it is saved the next time.
   */
  public synchronized void save() {
    YearMonth now = currentMonth();
    if (!loaded) {
      store.load(month).forEach((channel, bytes) -> meter(channel).offset -= bytes);
      loaded = true;
    }
    Map<Channel, Long> fresh = new HashMap<>();
    Map<Meter, Long> counted = new HashMap<>();
    meters.forEach(
        (terminal, channels) ->
            channels.forEach(
                (channel, meter) -> {
                  long sum = meter.bytes.sum();
                  counted.put(meter, sum);
                  if (sum > meter.saved) {
                    fresh.put(new Channel(terminal, channel), sum - meter.saved);
                  }
                }));
    if (!fresh.isEmpty()) {
      store.add(month, fresh);
    }
    counted.forEach((meter, sum) -> meter.saved = sum);
    if (!now.equals(month)) {
      counted.forEach((meter, sum) -> meter.offset = sum);
      month = now;
    }
  }

  private Meter meter(Channel channel) {
    return meters.of(channel.terminal(), channel.channel());
  }
}
