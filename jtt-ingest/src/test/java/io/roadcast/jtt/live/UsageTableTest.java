package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.fleet.database.testing.TestDatabase;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class UsageTableTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

  @Test
  void keepsWhatEachTerminalSentInEachMonth() {
    try (TestDatabase database = TestDatabase.create()) {
      UsageTable table = new UsageTable(database.database());
      assertThat(table.load(NOVEMBER)).isEmpty();
      table.add(NOVEMBER, Map.of("139", 7L, "140", Long.MAX_VALUE / 2));
      table.add(NOVEMBER, Map.of("139", 5L));
      table.add(NOVEMBER.plusMonths(1), Map.of("139", 1L));
      assertThat(table.load(NOVEMBER)).isEqualTo(Map.of("139", 12L, "140", Long.MAX_VALUE / 2));

      // A server that starts again goes on where the last one ended.
      DataUsage usage = new DataUsage(table, 20, () -> NOW);
      usage.of("139").add(3);
      usage.save();
      assertThat(usage.month("139").bytes()).isEqualTo(15);
      usage.of("139").add(5);
      usage.save();
      DataUsage next = new DataUsage(table, 20, () -> NOW);
      next.save();
      assertThat(next.spent("139")).isTrue();
    }
  }
}
