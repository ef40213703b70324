package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator's page with what the demo shows. */
@Tag("browser")
@Timeout(120)
class WallInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int VEHICLES = 3;

  @Test
  void threeVehiclesMoveOnTheWallWithoutAClick() throws Exception {
    try (RunningServer server = RunningServer.start();
        Simulation simulation = vehicles(server);
        Browser browser = Browser.start()) {
      PlayerPage page = new PlayerPage(browser);
      browser.open(server.url() + "/");
      page.awaitPlayers(VEHICLES, SOON);
      for (int player = 0; player < VEHICLES; player++) {
        page.awaitState(player, "live", SOON);
        page.watch(player, true);
      }
      for (int player = 0; player < VEHICLES; player++) {
        checkPictures(page, player);
      }
      browser.screenshot("wall-desk");
      browser.resize(390, 844);
      await().atMost(SOON).until(() -> page.state(0).equals("live"));
      browser.screenshot("wall-phone");
      assertThat(browser.consoleErrors()).isEmpty();
      assertThat(simulation.isRunning()).isTrue();
    }
  }

  private static void checkPictures(PlayerPage page, int player) {
    await("pictures of player " + player)
        .atMost(SOON)
        .until(() -> page.seen(player, "pictures") > 100);
    assertThat(page.seen(player, "unreadable")).isZero();
    assertThat(page.seen(player, "backwards")).isZero();
    assertThat(page.seen(player, "width")).isEqualTo(640);
    assertThat(page.inboundNumber(player, "audio", "packetsReceived")).isPositive();
    assertThat(page.inboundNumber(player, "video", "packetsLost")).isZero();
  }

  private static Simulation vehicles(RunningServer server) throws Exception {
    return Simulation.start(
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(VEHICLES, "13700000001", 1)
            .with(new Source.Drawn(640, 360, 20, 2000, 600_000, VEHICLES, Sound.standard())));
  }
}
