package io.roadcast.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private long nanos = Long.MAX_VALUE - 1_000_000_000L;
  private final RateLimiter limiter = new RateLimiter(3, 2, 2, () -> nanos);

  @Test
  void allowsABurstAndThenSoManyPerSecond() {
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.take("a")).isZero();
    }
    assertThat(limiter.take("a")).isEqualTo(Duration.ofMillis(500));
    nanos += 499_000_000L;
    assertThat(limiter.take("a"))
        .isBetween(Duration.ofMillis(1), Duration.ofMillis(1).plusNanos(1000));
    nanos += 1_001_000L;
    assertThat(limiter.take("a")).isZero();
    assertThat(limiter.refused()).isEqualTo(2);
  }

  @Test
  void savesUpNoMoreThanABurstAcrossTheClocksWrap() {
    limiter.take("a");
    nanos += 3_600_000_000_000L;
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.take("a")).isZero();
    }
    assertThat(limiter.take("a")).isPositive();
  }

  @Test
  void keysDoNotShare() {
    for (int i = 0; i < 4; i++) {
      limiter.take("a");
    }
    assertThat(limiter.take("b")).isZero();
  }

  @Test
  void remembersABoundedNumberOfKeys() {
    for (int i = 0; i < 4; i++) {
      limiter.take("a");
    }
    limiter.take("b");
    limiter.take("c");
    assertThat(limiter.take("a")).as("forgotten, so it begins anew").isZero();
  }
}
