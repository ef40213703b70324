package io.roadcast.sfu.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamClockTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  @Test
  void beginsAtZeroWhateverTheSourcesOriginIs() {
    StreamClock clock = new StreamClock();
    long offset = clock.offsetMicros(607_775_195_621_000L, 5 * SECOND_NANOS);
    assertThat(607_775_195_621_000L + offset).isZero();
  }

  @Test
  void aPublicationThatComesBackGoesOnAfterAsMuchTimeAsPassed() {
    StreamClock clock = new StreamClock();
    clock.offsetMicros(1_000, 0);
    clock.passed(40_000, SECOND_NANOS);
    long offset = clock.offsetMicros(77, 4 * SECOND_NANOS);
    assertThat(77 + offset).isEqualTo(40_000 + 3_000_000);
  }

  @Test
  void mapsMomentsToTheTimeline() {
    StreamClock clock = new StreamClock();
    clock.offsetMicros(500, 2 * SECOND_NANOS);
    assertThat(clock.timeMicrosAt(3 * SECOND_NANOS)).isEqualTo(1_000_000);
  }
}
