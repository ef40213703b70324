package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataUsageTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final YearMonth DECEMBER = YearMonth.of(2026, 12);

  private final FakeStore store = new FakeStore();
  private Instant now = Instant.parse("2026-11-30T23:59:00Z");
  private DataUsage usage = new DataUsage(store, 1000, () -> now);

  @Test
  void countsOnTopOfWhatTheStoreHas() {
    store.add(NOVEMBER, Map.of("139", 700L));
    usage.of("139").add(200);
    usage.of("140").add(5);
    usage.save();
    assertThat(usage.month("139")).isEqualTo(new DataUsage.Month(NOVEMBER, 900, 1000));
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(Map.of("139", 900L, "140", 5L));
    usage.save();
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(Map.of("139", 900L, "140", 5L));
    usage.of("139").add(100);
    assertThat(usage.spent("139")).isTrue();
    assertThat(usage.allSpent()).containsExactly("139");
    assertThat(usage.spent("140")).isFalse();
    assertThat(usage.spent("never heard of")).isFalse();
  }

  @Test
  void aNewMonthBeginsAtZero() {
    usage.of("139").add(1000);
    usage.save();
    assertThat(usage.spent("139")).isTrue();
    now = Instant.parse("2026-12-01T00:00:01Z");
    assertThat(usage.spent("139")).isFalse();
    usage.of("139").add(10);
    usage.save(); // what came since the last time still counts for November
    usage.of("139").add(7);
    usage.save();
    assertThat(usage.month("139")).isEqualTo(new DataUsage.Month(DECEMBER, 7, 1000));
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(Map.of("139", 1010L));
    assertThat(store.kept.get(DECEMBER)).isEqualTo(Map.of("139", 7L));
  }

  @Test
  void whatCouldNotBeSavedIsSavedLater() {
    usage.save();
    usage.of("139").add(10);
    store.away = true;
    assertThatThrownBy(usage::save).isInstanceOf(IllegalStateException.class);
    usage.of("139").add(10);
    store.away = false;
    usage.save();
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(Map.of("139", 20L));
    assertThat(usage.month("139").bytes()).isEqualTo(20);
  }

  @Test
  void withoutABudgetNothingIsSpent() {
    usage = new DataUsage(store, DataUsage.UNLIMITED, () -> now);
    usage.of("139").add(Long.MAX_VALUE / 2);
    assertThat(usage.spent("139")).isFalse();
    assertThat(usage.allSpent()).isEmpty();
  }

  private static final class FakeStore implements UsageStore {
    final Map<YearMonth, Map<String, Long>> kept = new HashMap<>();
    boolean away;

    @Override
    public Map<String, Long> load(YearMonth month) {
      check();
      return Map.copyOf(kept.getOrDefault(month, Map.of()));
    }

    @Override
    public void add(YearMonth month, Map<String, Long> bytes) {
      check();
      Map<String, Long> those = kept.computeIfAbsent(month, fresh -> new HashMap<>());
      bytes.forEach((terminal, more) -> those.merge(terminal, more, Long::sum));
    }

    private void check() {
      if (away) {
        throw new IllegalStateException("the database is away");
      }
    }
  }
}
