package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.bench.viewer.LoadViewer;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.LoadViewerState;
import io.roadcast.bench.viewer.LoadViewerStatistics;
import io.roadcast.bench.viewer.MediaSink;
import io.roadcast.bench.viewer.TrackStatistics;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A vehicle and somebody who watches it, whom nothing that happens to the server may disturb: every
 * picture comes, in order, and none waits.
 */
final class Witness implements AutoCloseable {
  static final int FRAME_RATE = 15;

  private static final Duration SOON = Duration.ofSeconds(20);

  /** A machine that is busy with other tests makes pauses of its own. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final int FRAME_TICKS = 90_000 / FRAME_RATE;

  private final Pictures pictures;
  private final Simulation simulation;
  private final LoadViewer viewer;
  private final String stream;

  private Witness(Simulation simulation, LoadViewer viewer, Pictures pictures, String stream) {
    this.simulation = simulation;
    this.viewer = viewer;
    this.stream = stream;
    this.pictures = pictures;
  }

  static Witness start(RunningServer server, String terminal) throws Exception {
    Simulation simulation =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, terminal, 1)
                .with(smallPicture()));
    String stream = terminal + "-1";
    server.awaitPictures(stream, 2);
    Pictures pictures = new Pictures();
    LoadViewer viewer =
        LoadViewer.connect(
            URI.create(server.url() + "/whep/" + stream),
            LoadViewerOptions.defaults().withSink(pictures));
    Witness witness = new Witness(simulation, viewer, pictures, stream);
    witness.awaitPictures(2 * FRAME_RATE);
    return witness;
  }

  /** Cheap to encode: 320x180, a keyframe a second, sound. */
  static Source.Drawn smallPicture() {
    return new Source.Drawn(320, 180, FRAME_RATE, 1000, 300_000, 1, Sound.standard());
  }

  LoadViewer viewer() {
    return viewer;
  }

  String stream() {
    return stream;
  }

  /** Watches some more, then claims that nothing was lost, late or refused. */
  void assertUndisturbed() {
    awaitPictures(FRAME_RATE / 2);
    LoadViewerStatistics seen = viewer.statistics();
    assertThat(seen.state()).isEqualTo(LoadViewerState.CONNECTED);
    assertThat(seen.lost()).as("lost packets").isZero();
    seen.video().ifPresent(Witness::assertComplete);
    seen.audio().ifPresent(Witness::assertComplete);
    assertThat(seen.transport().unauthentic()).as("packets with a wrong tag").isZero();
    assertThat(seen.transport().replayed()).as("packets that came twice").isZero();
    assertThat(seen.transport().malformed()).as("packets that can not be read").isZero();
    assertThat(pictures.damaged).as("damaged pictures").isZero();
    assertThat(pictures.longestStep)
        .as("RTP ticks from picture to picture")
        .isLessThan(FRAME_TICKS * 3 / 2);
    assertThat(Duration.ofNanos(pictures.longestPause))
        .as("longest wait for a picture")
        .isLessThan(Duration.ofNanos(LONGEST_PAUSE_NANOS));
    assertThat(simulation.counters().dropped()).as("what the vehicle could not send").isZero();
  }

  void awaitPictures(int more) {
    long from = pictures.count;
    await().atMost(SOON).until(() -> pictures.count >= from + more);
  }

  private static void assertComplete(TrackStatistics track) {
    assertThat(track.packets().gaps()).as("gaps").isZero();
    assertThat(track.packets().duplicates()).as("duplicates").isZero();
    assertThat(track.frames().damaged()).as("damaged frames").isZero();
  }

  @Override
  public void close() {
    viewer.close();
    simulation.close();
  }

  /** Written by the viewer's thread. */
  private static final class Pictures implements MediaSink {
    private volatile long count;
    private volatile long damaged;
    private volatile long longestStep;
    private volatile long longestPause;
    private int lastTimestamp;
    private long lastNanos;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void picture(AccessUnit unit, int timestamp) {
      long now = System.nanoTime();
      if (count > 0) {
        longestStep = Math.max(longestStep, timestamp - lastTimestamp);
        longestPause = Math.max(longestPause, now - lastNanos);
      }
      if (unit.damaged()) {
        damaged++;
      }
      lastTimestamp = timestamp;
      lastNanos = now;
      count++;
    }
  }
}
