package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Impairment;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import io.roadcast.simulator.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A terminal whose UDP packets get lost: what is missing is in the API and on the page. */
@Tag("browser")
@Timeout(240)
class UplinkInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHONE = "13912340090";
  private static final double LOSS_PERCENT = 4;

  @Test
  void whatIsLostOnTheWayToTheServerIsNotHidden() throws Exception {
    Map<String, String> settings = Map.of("jt1078.transport", "udp");
    try (RunningServer server = RunningServer.start(settings);
        Simulation terminal = Simulation.start(terminal(server));
        Browser browser = Browser.start()) {
      PlayerPage page = new PlayerPage(browser);
      page.openPlayers(server.url(), List.of(PHONE + "-1", PHONE + "-2"));
      await().atMost(SOON).until(() -> uplink(server).path("lost_packets").asLong() > 40);
      JsonNode uplink = uplink(server);
      assertThat(uplink.path("channels")).hasSize(2);
      for (String figure : List.of("packets", "gaps", "lost_packets", "damaged_frames")) {
        long sum = 0;
        for (JsonNode channel : uplink.path("channels")) {
          assertThat(channel.path(figure).asLong()).as(figure).isPositive();
          sum += channel.path(figure).asLong();
        }
        assertThat(uplink.path(figure).asLong()).as(figure).isEqualTo(sum);
      }
      double lost = uplink.path("lost_packets").asDouble();
      double percent = 100 * lost / (lost + uplink.path("packets").asDouble());
      assertThat(percent).isBetween(LOSS_PERCENT / 3, LOSS_PERCENT * 3);
      assertThat(terminal.isRunning()).isTrue();

      browser.open(server.url() + "/");
      await()
          .atMost(SOON)
          .until(() -> browser.number("return document.querySelectorAll('.vehicle').length") == 1);
      browser.run("document.querySelector('.vehicle').click()");
      awaitText(browser, "uplink-figures", "Channel 2");
      awaitText(browser, "uplink-figures", "packets lost");
      awaitText(browser, "uplink-figures", "damaged picture");
      browser.run("document.querySelector('uplink-figures').scrollIntoView({ block: 'center' })");
      browser.screenshot("uplink-desk");
      browser.asPhone(390, 844);
      browser.run("document.querySelector('uplink-figures').scrollIntoView({ block: 'center' })");
      assertThat(browser.number("return document.documentElement.scrollWidth"))
          .as("nothing is wider than the phone")
          .isLessThanOrEqualTo(390);
      browser.screenshot("uplink-phone");
    }
  }

  private static JsonNode uplink(RunningServer server) {
    return server.json("/api/v1/terminals/" + PHONE + "/uplink");
  }

  private static void awaitText(Browser browser, String selector, String text) {
    String script =
        "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent).join('\\n')";
    await(text + " in " + selector)
        .atMost(SOON)
        .until(() -> browser.text(script, selector).contains(text));
  }

  private static SimulationOptions terminal(RunningServer server) {
    Signalling signalling =
        Signalling.to("127.0.0.1", server.server().jt808Port())
            .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(10));
    return SimulationOptions.to("127.0.0.1", server.jt1078Port())
        .withFleet(1, PHONE, 2)
        .with(new Source.Drawn(320, 180, 15, 1000, 300_000, 1, Sound.standard()))
        .with(Transport.UDP)
        .with(new Impairment(LOSS_PERCENT, 0, 7))
        .with(signalling);
  }
}
