package io.roadcast.bench.janus;

import io.roadcast.bench.feed.PictureFeed;
import io.roadcast.bench.viewer.LoadPlan;
import io.roadcast.bench.viewer.LoadReport;
import io.roadcast.bench.viewer.LoadRun;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.SrtpSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The rounds: for each number of viewers the servers take turns. */
final class Comparison {
  private static final Duration STAGGER = Duration.ofMillis(10);
  private static final int WARM_UP_VIEWERS = 50;
  private static final int WARM_UP_ROUND_SECONDS = 8;
  private static final int LONGEST_WARM_UP = 2;

  /** Compilers that use less of a core are quiet. */
  private static final double QUIET = 0.02;

  /** Between the last join and the measurement: what joining leaves behind is done then. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final List<MeasuredServer> servers;
  private final List<Integer> viewers;
  private final int rounds;
  private final int seconds;
  private final int bitRate;
  private final int warmUpSeconds;
  private final Consumer<String> progress;
  private final List<Sample> samples = new ArrayList<>();

  Comparison(
      List<MeasuredServer> servers,
      List<Integer> viewers,
      int rounds,
      int seconds,
      int bitRate,
      int warmUpSeconds,
      Consumer<String> progress) {
    this.servers = servers;
    this.viewers = viewers;
    this.rounds = rounds;
    this.seconds = seconds;
    this.bitRate = bitRate;
    this.warmUpSeconds = warmUpSeconds;
    this.progress = progress;
  }

  /** The table of all rounds, and of their medians with the ratio. */
  String run() throws IOException, InterruptedException {
    for (MeasuredServer server : servers) {
      warmUp(server);
    }
    progress.accept(Sample.HEADING);
    for (int count : viewers) {
      for (int round = 0; round < rounds; round++) {
        for (MeasuredServer server : servers) {
          Sample sample = measure(server, count, seconds);
          samples.add(sample);
          progress.accept(sample.line());
          progress.accept(sample.threads());
        }
      }
    }
    return table();
  }

  /** Compilers, caches, the viewers' too. Viewers come and go, as they will be measured. */
  private void warmUp(MeasuredServer server) throws IOException, InterruptedException {
    boolean quiet = false;
    for (int passed = 0;
        passed < warmUpSeconds || (!quiet && passed < LONGEST_WARM_UP * warmUpSeconds);
        passed += WARM_UP_ROUND_SECONDS) {
      ThreadTimes before = server.process().threads();
      Sample sample = measure(server, WARM_UP_VIEWERS, WARM_UP_ROUND_SECONDS);
      double compiling =
          server.process().threads().since(before).compilerNanos() / 1e9 / WARM_UP_ROUND_SECONDS;
      quiet = compiling < QUIET;
      progress.accept(
          "warming up: compilers %.3f of a core, %s".formatted(compiling, sample.line()));
    }
  }

  private Sample measure(MeasuredServer server, int count, int duration)
      throws IOException, InterruptedException {
    Window window = new Window(server, duration);
    try (PictureFeed feed = PictureFeed.start(server.openFeed(), bitRate)) {
      TimeUnit.MILLISECONDS.sleep(500); // a keyframe is there
      LoadPlan plan =
          new LoadPlan(
              List.of(server::exchange),
              count,
              STAGGER,
              Duration.ofSeconds(duration),
              LoadViewerOptions.defaults()
                  .onlyVideo()
                  .withoutNack()
                  .withSuites(SrtpSuite.AEAD_AES_128_GCM));
      LoadReport report = LoadRun.run(plan, said -> window.note());
      if (report.connected() == 0) {
        throw new IOException("no viewer connected to " + server.name() + ", see its log");
      }
      double packets = report.packetsPerSecond() * report.seconds();
      return new Sample(
          server.name(),
          count,
          window.nanos() / packets,
          window.nanos() / 1e9 / report.seconds(),
          server.process().residentMegabytes(),
          window.account(),
          window.threads(),
          report);
    }
  }

  /** From the first to the last progress report: when all have joined, when the time is over. */
  private static final class Window {
    private final MeasuredServer server;
    private final Duration duration;
    private ThreadTimes firstThreads = new ThreadTimes(Map.of());
    private ThreadTimes lastThreads = firstThreads;
    private String account = "";
    private boolean begun;
    private long beganNanos;
    private long first;
    private long last;

    Window(MeasuredServer server, int seconds) {
      this.server = server;
      this.duration = Duration.ofSeconds(seconds);
    }

    void note() {
      try {
        if (begun) {
          last = server.process().cpuNanos();
          if (System.nanoTime() - beganNanos >= duration.toNanos()) {
            // Before the viewers leave, all at once.
            lastThreads = server.process().threads();
            account = server.account();
          }
          return;
        }
        server.account();
        TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
        begun = true;
        beganNanos = System.nanoTime();
        firstThreads = server.process().threads();
        first = server.process().cpuNanos();
      } catch (IOException e) {
        throw new UncheckedIOException("the server is gone", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    long nanos() {
      return last - first;
    }

    String account() {
      return account;
    }

    String threads() {
      return lastThreads.since(firstThreads).text(duration.toNanos() / 1e9);
    }
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("medians of ").append(rounds).append(" rounds\n").append(Sample.HEADING);
    for (int count : viewers) {
      List<Sample> medians = servers.stream().map(server -> median(server.name(), count)).toList();
      medians.forEach(sample -> table.append('\n').append(sample.line()));
      if (medians.size() == 2) {
        double ratio = medians.get(0).cpuNanosPerPacket() / medians.get(1).cpuNanosPerPacket();
        table.append("\n        ratio %.3f".formatted(ratio));
      }
    }
    return table.toString();
  }

  /** The round whose cost per packet is in the middle. */
  private Sample median(String server, int count) {
    List<Sample> rows =
        samples.stream()
            .filter(sample -> sample.server().equals(server) && sample.count() == count)
            .sorted((a, b) -> Double.compare(a.cpuNanosPerPacket(), b.cpuNanosPerPacket()))
            .toList();
    return rows.get(rows.size() / 2);
  }
}
