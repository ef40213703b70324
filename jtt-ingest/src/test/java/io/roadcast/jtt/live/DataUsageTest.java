package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.jtt.live.UsageStore.Channel;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
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
  private static final StreamId FRONT = StreamId.ofTerminal("139", 1, Quality.MAIN);
  private static final StreamId FRONT_SUB = StreamId.ofTerminal("139", 1, Quality.SUB);
  private static final StreamId CABIN = StreamId.ofTerminal("139", 2, Quality.MAIN);

  private final FakeStore store = new FakeStore();
  private Instant now = Instant.parse("2026-11-30T23:59:00Z");
  private final DataUsage usage = new DataUsage(store, () -> now);

  @Test
  void countsOnTopOfWhatTheStoreHas() {
    store.add(
        NOVEMBER,
        Map.of(new Channel("139", 1), 700L, new Channel("139", UsageStore.ALL_CHANNELS), 10L));
    usage.of(FRONT).add(200);
    usage.of(FRONT_SUB).add(20);
    usage.of(CABIN).add(5);
    usage.save();
    assertThat(usage.month("139").bytes()).isEqualTo(935);
    assertThat(usage.month("139").channels()).isEqualTo(Map.of(1, 920L, 2, 5L));
    Map<Channel, Long> kept =
        Map.of(
            new Channel("139", UsageStore.ALL_CHANNELS),
            10L,
            new Channel("139", 1),
            920L,
            new Channel("139", 2),
            5L);
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(kept);
    usage.save();
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(kept);
    assertThat(usage.of(NOVEMBER, "139")).isEqualTo(usage.month("139"));
    assertThat(usage.of(NOVEMBER, "139"::equals).bytes()).isEqualTo(935);
    assertThat(usage.of(NOVEMBER, "140"::equals).bytes()).isZero();
    assertThat(usage.bytes("never heard of")).isZero();
  }

  @Test
  void aNewMonthBeginsAtZero() {
    usage.of(FRONT).add(1000);
    usage.save();
    assertThat(usage.bytes("139")).isEqualTo(1000);
    now = Instant.parse("2026-12-01T00:00:01Z");
    assertThat(usage.bytes("139")).isZero();
    assertThat(usage.month("139").channels()).isEmpty();
    usage.of(FRONT).add(10);
    usage.save(); // what came since the last time still counts for November
    usage.of(FRONT).add(7);
    usage.save();
    assertThat(usage.month("139").month()).isEqualTo(DECEMBER);
    assertThat(usage.bytes("139")).isEqualTo(7);
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(Map.of(new Channel("139", 1), 1010L));
    assertThat(store.kept.get(DECEMBER)).isEqualTo(Map.of(new Channel("139", 1), 7L));
  }

  @Test
  void whatCouldNotBeSavedIsSavedLater() {
    usage.save();
    usage.of(FRONT).add(10);
    store.away = true;
    assertThatThrownBy(usage::save).isInstanceOf(IllegalStateException.class);
    usage.of(FRONT).add(10);
    store.away = false;
    usage.save();
    assertThat(store.kept.get(NOVEMBER)).isEqualTo(Map.of(new Channel("139", 1), 20L));
    assertThat(usage.bytes("139")).isEqualTo(20);
  }

  private static final class FakeStore implements UsageStore {
    final Map<YearMonth, Map<Channel, Long>> kept = new HashMap<>();
    boolean away;

    @Override
    public Map<Channel, Long> load(YearMonth month) {
      check();
      return Map.copyOf(kept.getOrDefault(month, Map.of()));
    }

    @Override
    public void add(YearMonth month, Map<Channel, Long> bytes) {
      check();
      Map<Channel, Long> those = kept.computeIfAbsent(month, fresh -> new HashMap<>());
      bytes.forEach((channel, more) -> those.merge(channel, more, Long::sum));
    }

    private void check() {
      if (away) {
        throw new IllegalStateException("the database is away");
      }
    }
  }
}
