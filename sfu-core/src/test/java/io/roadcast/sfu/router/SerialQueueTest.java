package io.roadcast.sfu.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SerialQueueTest {
  private static final int THREADS = 4;
  private static final int TASKS = 20_000;

  @Test
  void runsTasksOfManyThreadsOneAtATimeAndKeepsEachThreadsOrder() throws InterruptedException {
    SerialQueue queue = new SerialQueue();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    List<List<Integer>> seen = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      List<Integer> order = new ArrayList<>();
      seen.add(order);
      threads.add(Thread.ofPlatform().unstarted(() -> feed(queue, order, inside, overlaps)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(overlaps).hasValue(0);
    for (List<Integer> order : seen) {
      assertThat(order).hasSize(TASKS).isSorted();
    }
  }

  @Test
  void aTaskMayAddTasks() {
    SerialQueue queue = new SerialQueue();
    List<String> order = new ArrayList<>();
    queue.execute(
        () -> {
          queue.execute(() -> order.add("second"));
          order.add("first");
        });
    assertThat(order).containsExactly("first", "second");
  }

  private static void feed(
      SerialQueue queue, List<Integer> order, AtomicInteger inside, AtomicInteger overlaps) {
    for (int i = 0; i < TASKS; i++) {
      int number = i;
      queue.execute(
          () -> {
            if (inside.incrementAndGet() != 1) {
              overlaps.incrementAndGet();
            }
            order.add(number);
            inside.decrementAndGet();
          });
    }
  }
}
