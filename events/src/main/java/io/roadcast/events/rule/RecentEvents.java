package io.roadcast.events.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When the latest events of each rule and terminal were; in memory, so a restart begins anew. The
 * same moment counts once, because an event may be judged again. Guarded by its monitor.
 */
final class RecentEvents {
  private static final int MOST = 100_000;
  private static final int MOST_OF_ONE = 1000;

  private final Map<String, NavigableSet<Instant>> moments =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NavigableSet<Instant>> eldest) {
          return size() > MOST;
        }
      };

  /** How many there were until then, this one included. */
  synchronized int count(String key, Instant at, Duration within) {
    NavigableSet<Instant> those = moments.computeIfAbsent(key, any -> new TreeSet<>());
    those.add(at);
    while (those.size() > MOST_OF_ONE) {
      those.pollFirst();
    }
    return those.subSet(at.minus(within), false, at, true).size();
  }

  /** Whether one that was told was so short before; if not, this one is told. */
  synchronized boolean repeats(String key, Instant at, Duration within) {
    NavigableSet<Instant> told = moments.computeIfAbsent(key, any -> new TreeSet<>());
    @Nullable Instant before = told.lower(at);
    if (before != null && before.plus(within).isAfter(at)) {
      return true;
    }
    told.add(at);
    while (told.size() > MOST_OF_ONE) {
      told.pollFirst();
    }
    return false;
  }
}
