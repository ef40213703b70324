package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveTimersTest {
  @Test
  void whatFailedOnceIsDoneAgain() throws Exception {
    CountDownLatch times = new CountDownLatch(3);
    try (LiveTimers timers = new LiveTimers()) {
      timers.every(
          Duration.ofMillis(1),
          () -> {
            times.countDown();
            throw new IllegalStateException("a mistake of ours");
          });
      assertThat(times.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anEventThatComesWhenTheServerStopsIsLeft() {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    EventQueue queue = new EventQueue(threads, () -> {});
    threads.close();
    queue.execute(() -> {});
    queue.execute(() -> {});
    assertThat(queue.isEmpty()).isFalse();
  }
}
