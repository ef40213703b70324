package io.roadcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Looks at what the kernel says of this process' own threads. */
@EnabledOnOs(OS.LINUX)
class ThreadPrioritiesTest {
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private int usual;
  private ThreadPriorities priorities;

  @BeforeEach
  void findPriorities() throws IOException {
    usual = ThreadPriorities.nice(Path.of("/proc/self/stat"));
    priorities = ThreadPriorities.find().orElseThrow();
  }

  @AfterEach
  void endThreads() throws InterruptedException {
    over.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    priorities.close();
  }

  @Test
  void forwardingGoesBeforeOthersWhereThatIsAllowed() throws Exception {
    begin("media-worker-7");
    begin("jt1078-main-3-1");
    begin("something");

    priorities.look();

    assertThat(priorities.favoured()).isEqualTo(2);
    int favoured = priorities.refused() == 0 ? usual - 5 : usual;
    assertThat(niceOf("media-worker-7")).isEqualTo(favoured);
    assertThat(niceOf("jt1078-main-3-1")).isEqualTo(favoured);
    assertThat(niceOf("something")).isEqualTo(usual);
    assertThat(priorities.refused()).isIn(0L, 2L);
  }

  @Test
  void compilersGoLast() throws Exception {
    priorities.look();

    assertThat(niceOf("C1 Comp")).isEqualTo(Math.min(19, usual + 10));
  }

  @Test
  void whatAForwardingThreadMakesIsNotFavoured() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    Thread worker =
        Thread.ofPlatform()
            .name("media-worker-8")
            .start(
                () -> {
                  await(looked);
                  begin("made by it");
                  await(over);
                });
    threads.add(worker);
    priorities.look();
    looked.countDown();
    while (niceOf("made by it") == Integer.MIN_VALUE) {
      Thread.onSpinWait();
    }

    priorities.look();

    assertThat(niceOf("made by it")).isEqualTo(usual);
  }

  private void begin(String name) {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .name(name)
            .start(
                () -> {
                  begun.countDown();
                  await(over);
                });
    synchronized (threads) {
      threads.add(thread);
    }
    await(begun);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of the first thread whose name begins so; the least number if there is none. */
  private static int niceOf(String name) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : all) {
        try {
          if (Files.readString(thread.resolve("comm")).startsWith(name)) {
            return ThreadPriorities.nice(thread.resolve("stat"));
          }
        } catch (IOException ended) {
          // another thread of this process
        }
      }
    }
    return Integer.MIN_VALUE;
  }
}
