package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator's page with vehicles that drive, and send only while somebody watches. */
@Tag("browser")
@Timeout(300)
class FleetInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FIRST = "13912345678";
  private static final String FLEET =
      """
      plate,plate_color,name,phone,channels
      RC-1024,blue,Coast express,13912345678,2
      RC-2048,yellow,Hill bus,13912345679,2
      """;

  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void vehiclesDriveAndSendWhileTheyAreWatched() throws Exception {
    try (RunningServer server =
        RunningServer.start(Map.of("live.grace", "1s", "jt808.admission", "known"))) {
      importFleet(server);
      browser.open(server.url() + "/");
      awaitRows(".vehicles > li[data-condition=offline]", 2);
      try (Simulation simulation = vehicles(server)) {
        awaitRows(".vehicles > li[data-condition=driving]", 2);
        awaitText("fleet-map .unseen", "of 2 vehicles");
        assertThat(simulation.signalling().liveRequests()).isZero();

        choose("RC-1024");
        itMovesOnTheMap();
        watchOneCamera(simulation);
        sendAText(simulation);
        browser.open(server.url() + "/"); // who is unknown is asked for at the start
        adoptTheThird();
        onAPhone();
        simulation.disconnect(FIRST);
        awaitText(".vehicles > li[data-condition=offline]", "RC-1024");
      }
      // Leaving a view says so twice, over both ways; the later of them finds nothing to end.
      assertThat(browser.consoleErrors()).allMatch(error -> error.contains("/whep/"));
    }
  }

  private static void choose(String plate) {
    click(
        "[...document.querySelectorAll('.vehicle')].find(row => row.textContent.includes('%s'))"
            .formatted(plate));
    awaitText("vehicle-details h2", plate);
  }

  private static void itMovesOnTheMap() {
    String place =
        """
        const facts = [...document.querySelectorAll('vehicle-details dt')];
        return facts.find(each => each.textContent === 'Place')?.nextElementSibling.textContent;
        """;
    String picture = "return document.querySelector('fleet-map canvas').toDataURL()";
    String firstPlace = browser.text(place);
    String firstPicture = browser.text(picture);
    until("another place", () -> !browser.text(place).equals(firstPlace));
    until("another picture of the map", () -> !browser.text(picture).equals(firstPicture));
  }

  private static void watchOneCamera(Simulation simulation) {
    awaitRows("channel-list li", 2);
    click("document.querySelector('channel-list .stream')");
    PlayerPage page = new PlayerPage(browser);
    page.awaitPlayers(1, SOON);
    page.awaitState(0, "live", SOON);
    page.watch(0, true);
    until("pictures", () -> page.seen(0, "pictures") > 40);
    assertThat(page.seen(0, "unreadable")).isZero();
    assertThat(simulation.signalling().live()).isEqualTo(1);
    browser.screenshot("fleet-desk");
    click("document.getElementById('clear')");
    until("the camera is told to stop", () -> simulation.signalling().live() == 0);
  }

  private static void sendAText(Simulation simulation) {
    browser.run(
        """
        const type = document.getElementById('command-type');
        type.value = 'text';
        type.dispatchEvent(new Event('change'));
        document.querySelector('[name=text]').value = 'Return to the depot';
        document.querySelector('.command-form').requestSubmit();
        """);
    awaitText("command-panel li[data-good=true]", "Send a text");
    assertThat(simulation.signalling().commands()).isPositive();
  }

  /** The server was told of two vehicles; the terminal of a third called all the same. */
  private static void adoptTheThird() {
    awaitRows(".adopt:not([hidden])", 1);
    click("document.querySelector('.adopt:not([hidden])')");
    browser.run(
        """
        const plate = document.getElementById('adopt-plate');
        plate.value = 'RC-4096';
        plate.form.requestSubmit();
        """);
    awaitText(".vehicles", "RC-4096");
    awaitRows(".vehicles > li[data-condition=driving]", 3);
  }

  private static void onAPhone() {
    browser.asPhone(390, 844);
    for (String tab : new String[] {"live", "map", "fleet"}) {
      click("document.querySelector('#tabbar [data-tab=%s]')".formatted(tab));
      String shown = tab.equals("live") ? "#wall" : tab.equals("map") ? "#map" : "#fleet";
      until(
          tab + " fills the phone",
          () ->
              browser.number(
                      "return document.querySelector(arguments[0]).getBoundingClientRect().width",
                      shown)
                  > 350);
      assertThat(browser.number("return document.documentElement.scrollWidth"))
          .as("nothing is wider than the phone")
          .isLessThanOrEqualTo(390);
      browser.screenshot("fleet-phone-" + tab);
    }
    choose("RC-4096");
    awaitRows("vehicle-details .speed", 1);
    click("document.querySelector('.details-head button')");
  }

  private static void click(String element) {
    browser.run(element + ".click()");
  }

  private static void awaitRows(String selector, int count) {
    String script = "return document.querySelectorAll(arguments[0]).length";
    until(count + " of " + selector, () -> browser.number(script, selector) == count);
  }

  private static void awaitText(String selector, String text) {
    String script =
        "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent).join('\\n')";
    until(text + " in " + selector, () -> browser.text(script, selector).contains(text));
  }

  private static void until(String what, Callable<Boolean> condition) {
    try {
      await(what).atMost(SOON).until(condition);
    } catch (ConditionTimeoutException e) {
      browser.screenshot("fleet-failed");
      throw new AssertionError(what + "; console: " + browser.consoleErrors(), e);
    }
  }

  private static void importFleet(RunningServer server) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/vehicles/import"))
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString(FLEET))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      await()
          .atMost(SOON)
          .until(
              () -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    }
  }

  private static Simulation vehicles(RunningServer server) throws IOException {
    Signalling signalling =
        Signalling.to("127.0.0.1", server.server().jt808Port())
            .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(10));
    return Simulation.start(
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(3, FIRST, 2)
            .with(new Source.Drawn(640, 360, 20, 2000, 600_000, 1, Sound.standard()))
            .with(signalling));
  }
}
