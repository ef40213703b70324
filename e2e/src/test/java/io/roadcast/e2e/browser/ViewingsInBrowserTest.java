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

/** The page that shows how a stream was watched, at a desk and on a phone. */
@Tag("browser")
@Timeout(180)
class ViewingsInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHONE = "13700000091";
  private static final String STREAM = PHONE + "-1";

  /** A player on the same page, out of sight. */
  private static final String WATCH =
      """
      await import('/player/roadcast-player.js');
      const player = document.createElement('roadcast-player');
      player.setAttribute('stream', arguments[0]);
      player.style.cssText = 'position: fixed; left: -500px; top: 0; width: 320px; height: 240px';
      document.body.append(player);
      while (player.state !== 'live') await new Promise((later) => setTimeout(later, 50));
      return true;
      """;

  @Test
  void whatIsWatchedNowAndWhatIsOverIsOnThePage() throws Exception {
    try (RunningServer server = RunningServer.start();
        Simulation camera =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078Port())
                    .withFleet(1, PHONE, 1)
                    .with(new Source.Drawn(320, 240, 20, 2000, 200_000, 1, Sound.standard())));
        Browser browser = Browser.start()) {
      server.awaitPictures(STREAM, 2);
      assertThat(camera).isNotNull();
      PlayerPage page = new PlayerPage(browser);
      browser.resize(1440, 900);
      browser.open(server.url() + "/?streams=" + STREAM + "&layout=1");
      page.awaitPlayers(1, SOON);
      page.awaitState(0, "live", SOON);
      browser.open(server.url() + "/viewings.html");
      browser.await(WATCH, STREAM);
      await().atMost(SOON).until(() -> rows(browser, 0) == 1 && rows(browser, 1) == 1);
      assertThat(browser.text("return document.querySelector('tbody').innerText"))
          .contains("UDP")
          .contains("everything");
      assertThat(browser.text("return document.querySelector('.figure strong').innerText"))
          .isEqualTo("2");
      browser.screenshot("viewings-desk");
      browser.asPhone(390, 844);
      assertThat(browser.number("return document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(390);
      browser.screenshot("viewings-phone");
      browser.run("document.querySelector('roadcast-player').remove()");
      await().atMost(SOON).until(() -> rows(browser, 0) == 2);
      browser.open(server.url() + "/viewings.html?stream=nobody-1");
      await()
          .atMost(SOON)
          .until(
              () -> browser.text("return document.body.innerText").contains("Nobody has watched"));
    }
  }

  private static int rows(Browser browser, int table) {
    return (int)
        browser.number(
            "return document.querySelectorAll('table')[arguments[0]]"
                + "?.querySelectorAll('tbody tr').length ?? 0",
            table);
  }
}
