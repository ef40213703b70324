package io.roadcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CarriersTest {
  private static final int WAITING_SECONDS = 10;

  @Test
  void whoComputesDoesNotHoldUpWhoWaitedForSomething() throws Exception {
    Carriers.provide();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch computing = new CountDownLatch(Runtime.getRuntime().availableProcessors());
    List<Thread> threads = new ArrayList<>();
    try {
      for (long i = computing.getCount(); i > 0; i--) {
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      computing.countDown();
                      while (!over.get()) {
                        Thread.onSpinWait();
                      }
                    }));
      }
      assertThat(computing.await(WAITING_SECONDS, TimeUnit.SECONDS)).isTrue();
      CountDownLatch told = new CountDownLatch(1);
      threads.add(Thread.ofVirtual().start(told::countDown));
      assertThat(told.await(WAITING_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
