package io.roadcast.jtt.live;

import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes of media each terminal has sent in this month (UTC), of live streams that were
 * asked for and of others alike, and whether that is within its budget. Any thread; {@link #save}
 * and {@link #load} block.
 */
public final class DataUsage implements DataBudget {
  /** No budget: a terminal may send as much as it likes. */
  public static final long UNLIMITED = 0;

  /**
   * @param bytes of media packets, headers included
   * @param budget in bytes, or {@link #UNLIMITED}
   */
  public record Month(YearMonth month, long bytes, long budget) {
    public boolean spent() {
      return budget != UNLIMITED && bytes >= budget;
    }
  }

  /** What came in from one terminal. */
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
  private final long budget;
  private final Map<String, Meter> meters = new ConcurrentHashMap<>();
  private volatile YearMonth month;
  private volatile boolean loaded;

  /**
   * @param budget bytes that a terminal may send in a month, or {@link #UNLIMITED}
   */
  public DataUsage(UsageStore store, long budget, InstantSource clock) {
    this.store = store;
    this.budget = budget;
    this.clock = clock;
    this.month = currentMonth();
  }

  /** What the bytes of a terminal are added to. */
  public LongAdder of(String terminal) {
    return meter(terminal).bytes;
  }

  public Month month(String terminal) {
    Meter meter = meters.get(terminal);
    boolean before = !month.equals(currentMonth());
    return new Month(currentMonth(), meter == null || before ? 0 : meter.thisMonth(), budget);
  }

  @Override
  public boolean spent(String terminal) {
    return budget != UNLIMITED && month(terminal).spent();
  }

  /** The terminals that have used up their budget. */
  public List<String> allSpent() {
    return budget == UNLIMITED ? List.of() : meters.keySet().stream().filter(this::spent).toList();
  }

  /** Bytes of all terminals since the start and, once loaded, of this month before it. */
  public long bytesOfAll() {
    return meters.values().stream().mapToLong(Meter::thisMonth).sum();
  }

  /**
   * Brings what came in since the last time into the store; the first time it also learns what the
   * store has of this month. If the store fails nothing is lost: it is saved the next time.
   */
  public synchronized void save() {
    YearMonth now = currentMonth();
    if (!loaded) {
      store.load(month).forEach(this::addEarlier);
      loaded = true;
    }
    Map<String, Long> fresh = new HashMap<>();
    Map<Meter, Long> counted = new HashMap<>();
    meters.forEach(
        (terminal, meter) -> {
          long sum = meter.bytes.sum();
          counted.put(meter, sum);
          if (sum > meter.saved) {
            fresh.put(terminal, sum - meter.saved);
          }
        });
    if (!fresh.isEmpty()) {
      store.add(month, fresh);
    }
    counted.forEach((meter, sum) -> meter.saved = sum);
    if (!now.equals(month)) {
      counted.forEach((meter, sum) -> meter.offset = sum);
      month = now;
    }
  }

  private void addEarlier(String terminal, long bytes) {
    Meter meter = meter(terminal);
    meter.offset -= bytes;
  }

  private Meter meter(String terminal) {
    return meters.computeIfAbsent(terminal, fresh -> new Meter());
  }

  private YearMonth currentMonth() {
    return YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
  }
}
