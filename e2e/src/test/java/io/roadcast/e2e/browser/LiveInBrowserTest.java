package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import io.roadcast.simulator.Transport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated terminals, the real server, the real page in Chromium. */
@Tag("browser")
@Timeout(240)
class LiveInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TERMINAL = "13912345678";

  private static RunningServer server;
  private static Browser browser;
  private static PlayerPage page;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    server = RunningServer.start();
    page = new PlayerPage(browser);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void whoJoinsBetweenTwoKeyframesSeesTheLiveEdgeBeforeTheNextOne() throws Exception {
    SimulationOptions options =
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, TERMINAL, 1)
            .with(drawn(20_000, 1, Sound.none()));
    try (Simulation simulation = Simulation.start(options)) {
      server.awaitPictures(TERMINAL + "-1", 60);
      page.openPlayers(server.url(), List.of(TERMINAL + "-1"));
      page.awaitState(0, "live", SOON);
      page.watch(0, true);
      await().atMost(Duration.ofSeconds(8)).until(() -> page.ageMillis(0) < 1000);
      assertThat(page.seen(0, "unreadable")).isZero();
      assertThat(page.inboundNumber(0, "video", "keyFramesDecoded")).isEqualTo(1);
      assertThat(simulation.isRunning()).isTrue();
    }
  }

  @Test
  void aCameraThatComesBackGoesOnInTheSamePage() throws Exception {
    SimulationOptions options =
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, "13811112222", 1)
            .with(Transport.UDP)
            .with(drawn(1000, 1, Sound.standard()));
    try (Simulation simulation = Simulation.start(options)) {
      server.awaitPictures("13811112222-1", 10);
      page.openPlayers(server.url(), List.of("13811112222-1"));
      page.awaitState(0, "live", SOON);
      page.watch(0, true);
      String viewer = browser.text("return document.querySelector('roadcast-player').viewerId");
      await().atMost(SOON).until(() -> page.seen(0, "pictures") > 20);

      simulation.disconnect("13811112222");
      page.awaitState(0, "waiting", Duration.ofSeconds(40));
      browser.screenshot("player-waiting");
      double before = page.seen(0, "pictures");
      simulation.reconnect("13811112222");
      page.awaitState(0, "live", SOON);
      await().atMost(SOON).until(() -> page.seen(0, "pictures") > before + 40);
      assertThat(page.seen(0, "unreadable")).isZero();
      assertThat(browser.text("return document.querySelector('roadcast-player').viewerId"))
          .as("the very same viewer")
          .isEqualTo(viewer);
      assertThat(page.inboundNumber(0, "video", "packetsLost")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 25, 40, 100})
  void soundKeepsToThePicture(int blockMillis) throws Exception {
    String terminal = "1360000" + String.format("%04d", blockMillis);
    SimulationOptions options =
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, terminal, 1)
            .with(drawn(2000, 1, new Sound(io.roadcast.media.Codec.PCMA, blockMillis)));
    try (Simulation simulation = Simulation.start(options)) {
      server.awaitPictures(terminal + "-1", 20);
      page.openPlayers(server.url(), List.of(terminal + "-1"));
      page.awaitState(0, "live", SOON);
      page.watch(0, true);
      page.listen(0);
      // The browser brings the two together in steps of its own, about one a second.
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(latestOffset(blockMillis)).isBetween(-80.0, 80.0));
      assertThat(simulation.isRunning()).isTrue();
    }
  }

  /** By how many ms the sound is late: the median of the latest ten beeps. */
  private static double latestOffset(int blockMillis) {
    List<Double> offsets = page.beepsAfterFlashes(0).stream().map(Number::doubleValue).toList();
    assertThat(offsets).hasSizeGreaterThan(13);
    List<Double> latest = offsets.subList(offsets.size() - 10, offsets.size());
    System.out.println("blocks of " + blockMillis + " ms: beeps after flashes, ms: " + latest);
    return latest.stream().sorted().toList().get(5);
  }

  private static Source.Drawn drawn(int gopMillis, int scenes, Sound sound) {
    return new Source.Drawn(640, 360, 20, gopMillis, 600_000, scenes, sound);
  }
}
