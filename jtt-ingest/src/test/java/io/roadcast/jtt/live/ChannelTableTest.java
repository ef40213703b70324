package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ChannelTableTest {
  @Test
  void whatIsBeyondTheLimitIsNotToldApart() {
    ChannelTable<LongAdder> table = new ChannelTable<>(LongAdder::new, 3);
    LongAdder first = table.of("1", 1);
    assertThat(table.of("1", 2)).isNotSameAs(first);
    assertThat(table.of("2", 1)).isNotSameAs(first);

    LongAdder beyond = table.of("3", 1);
    assertThat(table.of("2", 2)).isSameAs(beyond);
    assertThat(table.of("1", 1)).isSameAs(first);
    assertThat(table.terminals()).containsExactlyInAnyOrder("1", "2");
    assertThat(table.channels("1")).containsOnlyKeys(1, 2).doesNotContainValue(beyond);
    assertThat(table.channels("3")).isEmpty();
  }
}
