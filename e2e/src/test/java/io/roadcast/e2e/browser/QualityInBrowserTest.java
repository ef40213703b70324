package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.simulator.Behaviour;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The button of a tile that asks for the other quality. */
@Tag("browser")
@Timeout(180)
class QualityInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String PHONE = "13700000090";

  @Test
  void theOtherQualityTakesOverWhenItHasAPicture() throws Exception {
    try (RunningServer server = RunningServer.start(Map.of("live.grace", "1s"));
        Simulation terminal = terminal(server);
        Browser browser = Browser.start()) {
      await().atMost(SOON).until(() -> terminal.signalling().online() == 1);
      PlayerPage page = new PlayerPage(browser);
      browser.open(server.url() + "/?streams=" + PHONE + "-1&layout=1");
      page.awaitPlayers(1, SOON);
      page.awaitState(0, "live", SOON);
      // Whatever the first player goes through is kept.
      browser.run(
          "window.said = []; document.querySelector('roadcast-player')"
              + ".addEventListener('statechange', ({detail}) => said.push(detail.state))");
      press(browser);
      await().atMost(SOON).until(() -> shown(browser).equals("sub live 320"));
      assertThat(browser.number("return document.querySelectorAll('roadcast-player').length"))
          .isEqualTo(1);
      assertThat(browser.text("return said.join()")).isIn("", "idle"); // it was live to its end
      await().atMost(SOON).until(() -> terminal.signalling().live() == 1);

      terminal.behave(PHONE, Behaviour.good().refusing(LiveRequest.ID));
      press(browser);
      await()
          .atMost(SOON)
          .until(() -> browser.text("return document.body.innerText").contains("camera refuses"));
      assertThat(shown(browser)).isEqualTo("sub live 320");
      browser.screenshot("quality-refused");
    }
  }

  private static void press(Browser browser) {
    browser.run("document.querySelector('button.quality').click()");
  }

  private static String shown(Browser browser) {
    return browser.text(
        "const player = document.querySelector('roadcast-player:not(.incoming)');"
            + "return [player.getAttribute('quality'), player.state,"
            + " player.shadowRoot.querySelector('video').videoWidth].join(' ')");
  }

  private static Simulation terminal(RunningServer server) throws Exception {
    return Simulation.start(
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, PHONE, 1)
            .with(new Source.Drawn(640, 360, 20, 1000, 600_000, 1, Sound.standard()))
            .with(Signalling.to("127.0.0.1", server.server().jt808Port())));
  }
}
