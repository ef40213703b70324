package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.bench.viewer.LoadPlan;
import io.roadcast.bench.viewer.LoadReport;
import io.roadcast.bench.viewer.LoadRun;
import io.roadcast.bench.viewer.LoadViewer;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.WhepClient;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty viewers of one stream, and twenty streams with three viewers each: nothing is lost, and the
 * server holds no more at the end than after a third of the time. {@code -Dload.seconds=N} changes
 * the time.
 */
@Tag("load")
@Timeout(600)
class LoadTest {
  private static final Duration WATCHED =
      Duration.ofSeconds(Integer.getInteger("load.seconds", 60));
  private static final Duration SOON = Duration.ofSeconds(60);

  /** The collector and the compiler have some of their own, which come and go. */
  private static final int THREADS_OF_THE_MACHINE = 8;

  private static final long MEGABYTE = 1 << 20;

  @TempDir static Path directory;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs Linux");
    server = ServerProcess.start(directory, Map.of("streams.grace", "1s"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void fiftyViewersOfOneStreamLoseNothing() throws Exception {
    Source.Drawn picture = new Source.Drawn(1280, 720, 25, 2000, 2_000_000, 1, Sound.standard());
    run("50 viewers of one stream", "13900001000", 1, 50, picture);
  }

  @Test
  void twentyStreamsWithThreeViewersEachLoseNothing() throws Exception {
    Source.Drawn picture = new Source.Drawn(640, 360, 20, 2000, 600_000, 1, Sound.standard());
    run("20 streams with 3 viewers each", "13900002000", 20, 3, picture);
  }

  private static void run(String title, String first, int streams, int viewers, Source picture)
      throws Exception {
    SimulationOptions fleet =
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(streams, first, 1)
            .with(picture);
    double droppedBefore = server.metric().sum("roadcast_frames_dropped_total");
    List<ServerProcess.Held> held = new ArrayList<>();
    try (Simulation cameras = Simulation.start(fleet);
        HttpClient http = HttpClient.newHttpClient()) {
      await().atMost(SOON).until(() -> server.showsPictures(streams));
      int threadsOfOne = threadsOfOneViewer(fleet.fleet().terminal(0) + "-1");
      ServerProcess.Held before = server.held();
      LoadPlan plan =
          new LoadPlan(
              IntStream.range(0, streams)
                  .<LoadPlan.Watched>mapToObj(
                      index ->
                          () ->
                              new WhepClient(
                                  http, server.whep(fleet.fleet().terminal(index) + "-1"), null))
                  .toList(),
              viewers,
              Duration.ofMillis(40),
              WATCHED,
              LoadViewerOptions.defaults());
      LoadReport report = LoadRun.run(plan, line -> held.add(look(line)));
      ServerProcess.Held early = held.get(1 + (held.size() - 2) / 3);
      ServerProcess.Held late = held.getLast();
      print(title, report, threadsOfOne, before, early, late);

      assertThat(report.connected()).isEqualTo(streams * viewers);
      assertThat(report.packets().gaps()).as("gaps").isZero();
      assertThat(report.clean()).as(report.text()).isTrue();
      assertThat(report.frames().damaged()).as("damaged pictures").isZero();
      assertThat(cameras.counters().dropped()).as("not sent by the cameras").isZero();
      assertThat(server.metric().sum("roadcast_frames_dropped_total") - droppedBefore).isZero();
      assertThat(late.threads())
          .as("threads with %d viewers", streams * viewers)
          .isLessThanOrEqualTo(threadsOfOne + THREADS_OF_THE_MACHINE);
      assertThat(late.heapBytes() - early.heapBytes())
          .as("growth of the heap")
          .isLessThan(6 * MEGABYTE);
      assertThat(late.residentBytes() - early.residentBytes())
          .as("growth of the memory")
          .isLessThan(32 * MEGABYTE);
      assertThat(late.blocks()).as("blocks").isLessThan(2 * early.blocks() + 50 * streams);
      http.shutdownNow();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(server.descriptors()).isLessThanOrEqualTo(before.descriptors() + 2));
    }
    await().atMost(SOON).until(() -> server.streams() == 0);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(server.metric().value("roadcast_blocks_in_use")).isZero());
    System.out.println("  afterwards  " + server.held());
  }

  private static int threadsOfOneViewer(String stream) throws Exception {
    try (LoadViewer one = LoadViewer.connect(server.whep(stream), LoadViewerOptions.defaults())) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  one.statistics().video().map(track -> track.frames().complete()).orElse(0L) > 50);
      return server.threads();
    }
  }

  private static ServerProcess.Held look(String progress) {
    try {
      ServerProcess.Held held = server.held();
      System.out.println("  " + progress + "; " + held);
      return held;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void print(
      String title,
      LoadReport report,
      int threadsOfOne,
      ServerProcess.Held before,
      ServerProcess.Held early,
      ServerProcess.Held late) {
    System.out.println(title + "\n" + report.text());
    System.out.println("  threads with one viewer: " + threadsOfOne);
    System.out.println("  before      " + before);
    System.out.println("  at a third  " + early);
    System.out.println("  at the end  " + late);
  }
}
