package io.roadcast.bench.janus;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each thread of a process had of the processors, and for how long it waited for one (proc(5),
 * schedstat). Threads that have ended are not in it.
 */
record ThreadTimes(Map<String, Times> byThread) {
  private static final int SHOWN = 14;

  /**
   * Of one thread, or of several with one name.
   *
   * @param runNanos on a processor
   * @param waitNanos ready to run, but another thread ran
   * @param turns how often it was given a processor
   */
  record Times(String name, long runNanos, long waitNanos, long turns) {
    Times plus(Times other) {
      return new Times(
          name, runNanos + other.runNanos, waitNanos + other.waitNanos, turns + other.turns);
    }

    Times minus(Times earlier) {
      return new Times(
          name, runNanos - earlier.runNanos, waitNanos - earlier.waitNanos, turns - earlier.turns);
    }
  }

  /**
   * @param tasks the process' directory of tasks
   */
  static ThreadTimes read(Path tasks) throws IOException {
    Map<String, Times> times = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        try {
          String[] fields = Files.readString(thread.resolve("schedstat")).strip().split(" ", -1);
          times.put(
              thread.getFileName().toString(),
              new Times(
                  Files.readString(thread.resolve("comm")).strip(),
                  Long.parseLong(fields[0]),
                  Long.parseLong(fields[1]),
                  Long.parseLong(fields[2])));
        } catch (IOException e) {
          // it ended meanwhile
        }
      }
    }
    return new ThreadTimes(times);
  }

  /** What was used since an earlier moment. */
  ThreadTimes since(ThreadTimes earlier) {
    Map<String, Times> used = new HashMap<>(byThread);
    earlier.byThread.forEach(
        (thread, before) -> used.computeIfPresent(thread, (id, now) -> now.minus(before)));
    return new ThreadTimes(used);
  }

  /** What Java's compilers used; 0 for a process without. */
  long compilerNanos() {
    return byThread.values().stream()
        .filter(thread -> thread.name.matches("C[12] Compiler.*"))
        .mapToLong(Times::runNanos)
        .sum();
  }

  /** The names that used most, a line each. */
  String text(double seconds) {
    Map<String, Times> byName =
        byThread.values().stream()
            .collect(
                Collectors.toMap(
                    times -> times.name.replaceAll("\\d+", "#"),
                    t -> t,
                    Times::plus,
                    TreeMap::new));
    return byName.values().stream()
        .sorted(Comparator.comparingLong(Times::runNanos).reversed())
        .limit(SHOWN)
        .map(
            times ->
                "        %-16s %7.3f %% of a core, waited %8.1f ms, %7.1f turns/s"
                    .formatted(
                        times.name,
                        times.runNanos / seconds / 1e7,
                        times.waitNanos / 1e6,
                        times.turns / seconds))
        .collect(Collectors.joining("\n"));
  }
}
