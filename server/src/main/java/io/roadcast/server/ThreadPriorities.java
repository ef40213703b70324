package io.roadcast.server;

import io.roadcast.sfu.linux.ThreadScheduling;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who goes first where threads of this process want the same processor: those that forward live
 * media, then everybody, last Java's compilers. Threads are told by their names, now and then,
 * because a new one has the priority of the thread that made it, and compilers come and go.
 *
 * <p>To be less nice than the process needs a right (root, CAP_SYS_NICE). Without it forwarding
 * threads only ask for short slices, so that they run at once when something is to be sent.
 */
public final class ThreadPriorities implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadPriorities.class);
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int FAVOUR = 5;
  private static final int HANDICAP = 10;
  private static final int NICE_FIELD = 16;

  /** What a thread does. */
  enum Rank {
    FORWARDING,
    USUAL,
    COMPILING;

    /** The kernel's names have 15 characters: of longer ones the middle or the end is missing. */
    static Rank of(String name) {
      if (name.startsWith("media-w") || name.startsWith("jt1078-")) {
        return FORWARDING;
      }
      return name.startsWith("C1 Comp") || name.startsWith("C2 Comp") ? COMPILING : USUAL;
    }
  }

  private final ThreadScheduling scheduling;
  private final ScheduledExecutorService watch;
  private final int usualNice;
  private final Map<Integer, Rank> known = new HashMap<>();
  private volatile long favoured;
  private volatile long refused;

  private ThreadPriorities(ThreadScheduling scheduling, int usualNice) {
    this.scheduling = scheduling;
    this.usualNice = usualNice;
    watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("priorities").factory());
  }

  /** Empty on systems where threads have no priorities of their own. */
  static Optional<ThreadPriorities> find() {
    Optional<ThreadScheduling> scheduling = ThreadScheduling.find();
    try {
      return scheduling.isEmpty()
          ? Optional.empty()
          : Optional.of(new ThreadPriorities(scheduling.get(), nice(Path.of("/proc/self/stat"))));
    } catch (IOException failure) {
      LOG.info("all threads keep the same priority: {}", failure.toString());
      return Optional.empty();
    }
  }

  /** Begins to look at the process' threads. */
  void start() {
    watch.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Forwarding threads that go before the others. */
  public long favoured() {
    return favoured;
  }

  /** How often the system refused to let a forwarding thread be less nice. */
  public long refused() {
    return refused;
  }

  /** Gives threads that were not seen before their priority. */
  void look() {
    try {
      Map<Integer, Rank> present = new HashMap<>();
      try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
        for (Path thread : threads) {
          int number = Integer.parseInt(thread.getFileName().toString());
          Rank rank = known.get(number);
          if (rank == null) {
            rank = rank(thread);
            settle(number, rank);
          }
          present.put(number, rank);
        }
      }
      known.clear();
      known.putAll(present);
      favoured = present.values().stream().filter(rank -> rank == Rank.FORWARDING).count();
    } catch (IOException | RuntimeException failure) {
      LOG.info("threads keep the priority that they have: {}", failure.toString());
    }
  }

  private static Rank rank(Path thread) {
    try {
      return Rank.of(Files.readString(thread.resolve("comm")).strip());
    } catch (IOException ended) {
      return Rank.USUAL;
    }
  }

  private void settle(int thread, Rank rank) {
    switch (rank) {
      case FORWARDING -> favour(thread);
      case COMPILING ->
          scheduling.set(
              thread,
              Math.min(usualNice + HANDICAP, ThreadScheduling.MAX_NICE),
              ThreadScheduling.USUAL_SLICE);
      case USUAL -> scheduling.set(thread, usualNice, ThreadScheduling.USUAL_SLICE);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the watching thread only
  private void favour(int thread) {
    long slice = ThreadScheduling.SHORT_SLICE_NANOS;
    if (!scheduling.set(thread, usualNice - FAVOUR, slice)) {
      refused++;
      scheduling.set(thread, usualNice, slice);
    }
  }

  /**
   * How nice a process' first thread, or another one, is.
   *
   * @param stat its file of that name in proc(5)
   */
  static int nice(Path stat) throws IOException {
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(fields[NICE_FIELD]);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
