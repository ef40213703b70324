package io.roadcast.jtt.live;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing for each channel of each terminal that ever sent media. The ids of JT/T 1078 are not
 * authenticated: whoever makes some up gets no more than {@link #MOST_CHANNELS} kept. Any thread.
 */
final class ChannelTable<T> {
  /** Twice what 100 000 terminals are likely to have. */
  static final int MOST_CHANNELS = 400_000;

  private static final Logger LOG = LoggerFactory.getLogger(ChannelTable.class);

  private final Supplier<T> makes;
  private final int most;
  private final T beyond;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, Map<Integer, T>> terminals = new ConcurrentHashMap<>();

  ChannelTable(Supplier<T> makes) {
    this(makes, MOST_CHANNELS);
  }

  /**
   * @param most channels that are told apart
   */
  ChannelTable(Supplier<T> makes, int most) {
    this.makes = makes;
    this.most = most;
    this.beyond = makes.get();
  }

  /** That of a channel; all those beyond the limit have one in common, which is in no list. */
  T of(String terminal, int channel) {
    T known = channels(terminal).get(channel);
    if (known != null) {
      return known;
    }
    if (count.get() >= most) {
      return beyond;
    }
    return terminals
        .computeIfAbsent(terminal, fresh -> new ConcurrentHashMap<>())
        .computeIfAbsent(channel, fresh -> counted());
  }

  private T counted() {
    if (count.incrementAndGet() == most) {
      LOG.warn("[usage] media of {} channels came by; what more come is not told apart", most);
    }
    return makes.get();
  }

  /** Those of a terminal by number of channel; empty if it never sent. */
  Map<Integer, T> channels(String terminal) {
    return terminals.getOrDefault(terminal, Map.of());
  }

  /** The terminals that have ever sent something. */
  Set<String> terminals() {
    return terminals.keySet();
  }

  void forEach(BiConsumer<String, Map<Integer, T>> each) {
    terminals.forEach(each);
  }
}
