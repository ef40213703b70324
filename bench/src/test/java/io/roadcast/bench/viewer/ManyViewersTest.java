package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbers of viewers at once; their time is {@code roadcast.load.seconds}, 20 unless set. */
@Tag("load")
@Timeout(300)
class ManyViewersTest {
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("roadcast.load.seconds", 20));

  private RealServer server;
  private final List<FilmedStream> streams = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server = new RealServer();
  }

  @AfterEach
  void stop() {
    streams.forEach(FilmedStream::close);
    server.close();
  }

  @Test
  void fiftyViewersOfOneStreamLoseNothing() throws Exception {
    film(1);
    watch(50);
  }

  @Test
  void twentyStreamsWithThreeViewersEachLoseNothing() throws Exception {
    film(20);
    watch(3);
  }

  private void film(int count) throws Exception {
    for (int channel = 1; channel <= count; channel++) {
      streams.add(server.film(channel));
    }
  }

  private void watch(int viewersPerStream) throws Exception {
    int threads = Thread.activeCount();
    List<LoadPlan.Watched> watched =
        streams.stream().map(s -> (LoadPlan.Watched) () -> server.exchange(s.id())).toList();
    LoadReport report =
        LoadRun.run(
            new LoadPlan(
                watched,
                viewersPerStream,
                Duration.ofMillis(20),
                TIME,
                LoadViewerOptions.defaults()),
            System.err::println);
    System.err.println(report.text());
    assertThat(report.failures()).isEmpty();
    assertThat(report.clean()).isTrue();
    assertThat(report.frames().damaged()).isZero();
    assertThat(report.framesPerViewer().least()).isGreaterThan(20);
    assertThat(Thread.activeCount()).as("no thread per viewer").isLessThan(threads + 20);
  }
}
