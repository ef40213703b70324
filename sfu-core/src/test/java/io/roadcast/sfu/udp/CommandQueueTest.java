package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommandQueueTest {
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final CommandQueue queue = new CommandQueue(2, wakes::incrementAndGet);

  @Test
  void wakesASleeperOnceAndNobodyWhoIsAwake() {
    queue.put(done::incrementAndGet);
    assertThat(wakes).hasValue(0);
    assertThat(queue.maySleep()).as("there is something to do").isFalse();
    queue.run(10);
    assertThat(queue.maySleep()).isTrue();
    queue.put(done::incrementAndGet);
    queue.put(done::incrementAndGet);
    assertThat(wakes).hasValue(1);
    queue.awake();
    queue.run(10);
    assertThat(done).hasValue(3);
  }

  @Test
  void limitsFramesAndDatagramsButNoOtherCommands() {
    assertThat(queue.admitFrame()).isTrue();
    assertThat(queue.admitFrame()).isTrue();
    assertThat(queue.admitFrame()).isFalse();
    queue.frameTaken();
    assertThat(queue.admitFrame()).isTrue();
    int taken = 0;
    while (queue.putDatagram(done::incrementAndGet)) {
      taken++;
    }
    assertThat(taken).isEqualTo(1024);
    queue.put(done::incrementAndGet);
    queue.run(Integer.MAX_VALUE);
    assertThat(done).hasValue(1025);
    assertThat(queue.putDatagram(done::incrementAndGet)).isTrue();
  }

  @Test
  void whatIsPutAfterTheEndIsDoneNevertheless() throws Exception {
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      producers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int command = 0; command < 50_000; command++) {
                      queue.put(done::incrementAndGet);
                    }
                  }));
    }
    queue.run(1000);
    queue.close();
    for (Thread producer : producers) {
      producer.join();
    }
    assertThat(done).hasValue(200_000);
  }
}
