package io.roadcast.events.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookTimerTest {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final LookTimer looks = new LookTimer(SHORTEST);

  @Test
  void looksMoreRarelyWhileThereIsNothing() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      looks.await();
    }
    assertThat(looks.pause()).isEqualTo(SHORTEST.multipliedBy(16));
  }

  @Test
  void neverMoreRarelyThanEveryTwoSeconds() throws InterruptedException {
    LookTimer rare = new LookTimer(Duration.ofMillis(1100));
    rare.await();
    assertThat(rare.pause()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void looksOftenAgainWhenSomethingWasFound() throws InterruptedException {
    looks.await();
    looks.await();
    looks.found();
    assertThat(looks.pause()).isEqualTo(SHORTEST);
  }

  /** With a pause of an hour it would not come back. */
  @Test
  void looksAtOnceWhenItIsWoken() throws InterruptedException {
    LookTimer slow = new LookTimer(Duration.ofHours(1));
    slow.wake();
    slow.wake();
    slow.await();
    assertThat(slow.pause()).isEqualTo(Duration.ofHours(1));
  }
}
