package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.NamedViewer;
import io.roadcast.e2e.RunningServer;
import io.roadcast.e2e.Witness;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
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

  @Test
  void whatIsWatchedNowAndWhatIsOverIsOnThePage() throws Exception {
    try (RunningServer server = RunningServer.start();
        Simulation camera =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078Port())
                    .withFleet(1, PHONE, 1)
                    .with(Witness.smallPicture()));
        Browser browser = Browser.start()) {
      server.awaitPictures(PHONE + "-1", 2);
      assertThat(camera).isNotNull();
      try (NamedViewer over = NamedViewer.watch(server, PHONE + "-1")) {
        await().atMost(SOON).until(() -> over.pictures() > Witness.FRAME_RATE);
      }
      try (NamedViewer viewer = NamedViewer.watch(server, PHONE + "-1")) {
        await().atMost(SOON).until(() -> viewer.pictures() > Witness.FRAME_RATE);
        browser.resize(1440, 900);
        browser.open(server.url() + "/viewings.html");
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
      }
      await().atMost(SOON).until(() -> rows(browser, 0) == 2);
      browser.open(server.url() + "/viewings.html?stream=nobody-1");
      await()
          .atMost(SOON)
          .until(() -> browser.text("return document.body.innerText").contains("Nobody has watched"));
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
