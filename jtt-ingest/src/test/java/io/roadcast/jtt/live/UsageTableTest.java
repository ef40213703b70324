package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.live.UsageStore.Channel;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class UsageTableTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
  private static final StreamId FRONT = StreamId.ofTerminal("139", 1, Quality.MAIN);
  private static final Channel ONE = new Channel("139", 1);
  private static final Channel TWO = new Channel("139", 2);

  @Test
  void keepsWhatEachChannelSentInEachMonth() {
    try (TestDatabase database = TestDatabase.create()) {
      UsageTable table = new UsageTable(database.database());
      assertThat(table.load(NOVEMBER)).isEmpty();
      table.add(NOVEMBER, Map.of(ONE, 7L, TWO, Long.MAX_VALUE / 2));
      table.add(NOVEMBER, Map.of(ONE, 5L));
      table.add(NOVEMBER.plusMonths(1), Map.of(ONE, 1L));
      assertThat(table.load(NOVEMBER)).isEqualTo(Map.of(ONE, 12L, TWO, Long.MAX_VALUE / 2));
    }
  }

  @Test
  void aServerThatStartsAgainGoesOnWhereTheLastOneEnded() {
    try (TestDatabase database = TestDatabase.create()) {
      UsageTable table = new UsageTable(database.database());
      BudgetTables budgets = new BudgetTables(database.database());
      DataUsage usage = new DataUsage(table, () -> NOW);
      usage.of(FRONT).add(20);
      usage.save();
      DataUsage next = new DataUsage(table, () -> NOW);
      next.save();
      assertThat(next.bytes("139")).isEqualTo(20);
      DataBudgets judge = new DataBudgets(budgets, next, digits -> Optional.empty(), 20);
      judge.refresh();
      assertThat(judge.of("139")).isEqualTo(DataBudget.Verdict.TERMINAL_SPENT);
      assertThat(judge.spentTerminals()).isEqualTo(1);
      assertThat(new DataBudgets(budgets, next, digits -> Optional.empty(), 21).of("139"))
          .isEqualTo(DataBudget.Verdict.WITHIN);
    }
  }
}
