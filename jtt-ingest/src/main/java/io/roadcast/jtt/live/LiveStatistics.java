package io.roadcast.jtt.live;

import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters of live on demand. Any thread. */
public final class LiveStatistics {
  private final LongAdder requests = new LongAdder();
  private final LongAdder closes = new LongAdder();
  private final LongAdder cuts = new LongAdder();
  private final LongAdder granted = new LongAdder();
  private final Map<Code, LongAdder> refused = new EnumMap<>(Code.class);

  LiveStatistics() {
    for (Code code : Code.values()) {
      refused.put(code, new LongAdder());
    }
  }

  void asked() {
    requests.increment();
  }

  void closed() {
    closes.increment();
  }

  void cut() {
    cuts.increment();
  }

  void granted() {
    granted.increment();
  }

  void refused(Code code) {
    of(code).increment();
  }

  private LongAdder of(Code code) {
    LongAdder adder = refused.get(code);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + code);
    }
    return adder;
  }

  /** How often a terminal was asked for media (0x9101). */
  public long requests() {
    return requests.sum();
  }

  /** How often a terminal was told to stop (0x9102). */
  public long closes() {
    return closes.sum();
  }

  /** How often a media connection was closed because the terminal did not. */
  public long cuts() {
    return cuts.sum();
  }

  /** Wishes that were fulfilled. */
  public long grantedWishes() {
    return granted.sum();
  }

  /** Wishes that were not fulfilled for this reason. */
  public long refusedWishes(Code code) {
    return of(code).sum();
  }
}
