package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayHistogramTest {
  @Test
  void percentilesAreAtMostAnEighthTooHigh() {
    DelayHistogram histogram = new DelayHistogram();
    for (int micros = 1; micros <= 100_000; micros++) {
      histogram.add(micros * 1000L);
    }
    DelayStatistics statistics = histogram.statistics();
    assertThat(statistics.samples()).isEqualTo(100_000);
    assertThat(statistics.median()).isBetween(50_000L, 56_250L);
    assertThat(statistics.percentile95()).isBetween(95_000L, 100_000L);
    assertThat(statistics.max()).isEqualTo(100_000);
  }

  @Test
  void holdsAnySpan() {
    DelayHistogram histogram = new DelayHistogram();
    assertThat(histogram.statistics()).isEqualTo(new DelayStatistics(0, 0, 0, 0, 0));
    histogram.add(-5);
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.statistics().samples()).isEqualTo(2);
    assertThat(histogram.statistics().median()).isZero();
  }
}
