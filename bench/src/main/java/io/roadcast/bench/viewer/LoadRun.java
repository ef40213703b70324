package io.roadcast.bench.viewer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Many viewers that join one after the other, watch for a while, and leave together. */
public final class LoadRun {
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private final LoadPlan plan;
  private final Consumer<String> progress;
  private final List<LoadViewer> viewers = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  private LoadRun(LoadPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs to the end.
   *
   * @param progress takes a line every 5 s
   */
  public static LoadReport run(LoadPlan plan, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (ViewerLoop loop = ViewerLoop.start()) {
      return new LoadRun(plan, progress).run(loop);
    }
  }

  private LoadReport run(ViewerLoop loop) throws InterruptedException {
    try {
      join(loop);
      LoadReportWriter.Reading begin = reading(loop);
      watch(loop, begin);
      LoadReportWriter.Reading end = reading(loop);
      List<LoadViewerStatistics> statistics = awaitRepairs();
      for (LoadViewerStatistics viewer : statistics) {
        if (viewer.state() != LoadViewerState.CONNECTED) {
          String failure = viewer.failure();
          count(failure == null ? viewer.state().toString() : failure);
        }
      }
      return new LoadReportWriter(statistics)
          .write(plan.viewers(), new TreeMap<>(failures), begin, end);
    } finally {
      leave();
    }
  }

  private void join(ViewerLoop loop) throws InterruptedException {
    try (ExecutorService joining = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < plan.viewers(); i++) {
        LoadPlan.Watched stream = plan.streams().get(i % plan.streams().size());
        joining.execute(() -> join(loop, stream));
        TimeUnit.NANOSECONDS.sleep(plan.stagger().toNanos());
      }
    }
    progress.accept(viewers.size() + " of " + plan.viewers() + " viewers joined" + reasons());
  }

  private void join(ViewerLoop loop, LoadPlan.Watched stream) {
    try {
      viewers.add(LoadViewer.connect(loop, stream.exchange(), plan.options()));
    } catch (IOException | RuntimeException e) {
      count(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(String failure) {
    failures.merge(failure, 1, Integer::sum);
  }

  private String reasons() {
    return failures.isEmpty() ? "" : "; " + new TreeMap<>(failures);
  }

  private void watch(ViewerLoop loop, LoadReportWriter.Reading begin) throws InterruptedException {
    long end = begin.nanos() + plan.duration().toNanos();
    LoadReportWriter.Reading last = begin;
    while (System.nanoTime() < end) {
      long rest = Math.min(PROGRESS_EVERY.toNanos(), end - System.nanoTime());
      TimeUnit.NANOSECONDS.sleep(Math.max(0, rest));
      LoadReportWriter.Reading now = reading(loop);
      double seconds = (now.nanos() - last.nanos()) / 1e9;
      progress.accept(
          "%3.0f s: %.0f packets/s, %.1f Mbit/s, lost %d"
              .formatted(
                  (now.nanos() - begin.nanos()) / 1e9,
                  (now.datagrams() - last.datagrams()) / seconds,
                  (now.bytes() - last.bytes()) * 8 / seconds / 1e6,
                  statistics().stream().mapToLong(LoadViewerStatistics::lost).sum()));
      last = now;
    }
  }

  private LoadReportWriter.Reading reading(ViewerLoop loop) {
    List<LoadViewerStatistics> now = statistics();
    return new LoadReportWriter.Reading(
        System.nanoTime(),
        now.stream().mapToLong(viewer -> viewer.transport().datagrams()).sum(),
        now.stream().mapToLong(viewer -> viewer.transport().bytes()).sum(),
        loop.cpuNanos(),
        now.stream()
            .map(viewer -> viewer.video().map(track -> track.frames().complete()).orElse(0L))
            .toList());
  }

  private List<LoadViewerStatistics> statistics() {
    List<LoadViewerStatistics> statistics = new ArrayList<>(viewers.size());
    viewers.forEach(viewer -> statistics.add(viewer.statistics()));
    return statistics;
  }

  /** Packets that are missing at the end get the time that any other had to be repaired. */
  private List<LoadViewerStatistics> awaitRepairs() throws InterruptedException {
    long end = System.nanoTime() + plan.options().patience().toNanos();
    List<LoadViewerStatistics> statistics = statistics();
    while (System.nanoTime() < end && statistics.stream().anyMatch(LoadRun::incomplete)) {
      TimeUnit.MILLISECONDS.sleep(50);
      statistics = statistics();
    }
    return statistics;
  }

  private static boolean incomplete(LoadViewerStatistics viewer) {
    return viewer.video().map(track -> track.packets().missing() > 0).orElse(false)
        || viewer.audio().map(track -> track.packets().missing() > 0).orElse(false);
  }

  private void leave() {
    try (ExecutorService leaving = Executors.newVirtualThreadPerTaskExecutor()) {
      viewers.forEach(viewer -> leaving.execute(viewer::close));
    }
  }
}
