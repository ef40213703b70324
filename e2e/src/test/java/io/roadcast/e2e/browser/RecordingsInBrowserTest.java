package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of recordings: found, played by hls.js, sought in, several channels in step. */
@Tag("browser")
@Timeout(300)
class RecordingsInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHONE = "13912345678";
  private static final String FLEET =
      "plate,plate_color,name,phone,channels\nRC-1024,blue,Coast express,13912345678,2\n";
  private static final String PLAYER = "document.querySelectorAll('recorded-player')[arguments[0]]";

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
  void aRecordingIsFoundPlayedAndSoughtIn() throws Exception {
    try (RunningServer server =
            RunningServer.start(Map.of("recording.segment", "5s", "jt808.admission", "known"));
        HttpClient client = HttpClient.newHttpClient()) {
      until("vehicles", () -> send(client, server, "POST", "vehicles/import", FLEET) == 200);
      try (Simulation simulation = vehicle(server)) {
        for (int channel = 1; channel <= 2; channel++) {
          String policy = "recording-policies/channel/" + PHONE + "-" + channel;
          assertThat(send(client, server, "PUT", policy, "{\"mode\":\"always\"}")).isEqualTo(200);
        }
        String vehicle = server.json("/api/v1/vehicles").at("/items/0/id").asText();
        String timeline = "/api/v1/recordings/timeline?vehicle=" + vehicle;
        until("12 s of both cameras", () -> recorded(server.json(timeline)) > 12_000);
        assertThat(simulation.signalling().live()).isEqualTo(2);
        browser.resize(1440, 900);
        browser.open(server.url() + "/recordings.html?vehicle=" + vehicle);
        Instant begin = begin(server.json(timeline));
        bothPlayInStep(begin);
        for (long at : new long[] {9000, 2000, 6500}) {
          thePictureIsOfThen(begin.toEpochMilli() + at);
        }
        smallPicturesAreShown();
        browser.screenshot("recordings-desk");
        aMarkedTimeIsSaved(client);
        theCalendarLeadsToOtherDays(begin);
        onAPhone();
        assertThat(browser.consoleErrors()).isEmpty();
      }
      server.assertHealthy();
    }
  }

  /** From when on both cameras are recorded: one may have been asked later than the other. */
  private static Instant begin(JsonNode timeline) {
    Instant first = Instant.parse(timeline.at("/lines/0/spans/0/from").asText());
    Instant second = Instant.parse(timeline.at("/lines/1/spans/0/from").asText());
    return first.isAfter(second) ? first : second;
  }

  private static void bothPlayInStep(Instant begin) {
    until(
        "channels", () -> browser.number("return document.querySelectorAll('.pick').length") == 2);
    browser.run("document.querySelectorAll('.pick input')[1].click()");
    seek(begin.toEpochMilli() + 2000);
    until("two players", () -> wall(0) > 0 && wall(1) > 0);
    browser.run("document.querySelector('.play').click()");
    double from = wall(0);
    until("both go on", () -> wall(0) > from + 1500 && wall(1) > from + 1500);
    until("they are in step", () -> Math.abs(wall(0) - wall(1)) < 250);
  }

  /** Seeks, and reads the clock that is drawn into the picture. */
  private static void thePictureIsOfThen(long at) {
    browser.load("watch.js");
    browser.run("if (window.seen) window.seen.stopped = true");
    seek(at);
    browser.run("window.seen = window.watchVideo(" + PLAYER + ".video, true)", 0);
    // Of this second, as it plays on; what is drawn is some tenths older than its arrival.
    until(
        "a picture of then",
        () -> {
          double clock =
              browser.number(
                  "const r = window.seen.readings.at(-1); return r ? r.at - r.ageMs : 0");
          return clock > at - 1500 && clock < at + 5000 && Math.abs(wall(0) - clock) < 1500;
        });
    assertThat(browser.number("return window.seen.unreadable")).isZero();
  }

  private static void smallPicturesAreShown() {
    browser.run(
        """
        const box = document.querySelector('.span').getBoundingClientRect();
        document.querySelector('.track').dispatchEvent(new PointerEvent('pointermove', {
          clientX: box.left + box.width / 2, clientY: box.top + 2, bubbles: true,
        }));
        """);
    until(
        "a small picture",
        () ->
            browser
                .text("return document.querySelector('.scrub-picture').style.backgroundImage")
                .contains("sprite.jpg"));
  }

  /** Of two channels as an archive, of one as a film. */
  private static void aMarkedTimeIsSaved(HttpClient client) throws Exception {
    browser.run(
        "window.saved = [];"
            + "HTMLAnchorElement.prototype.click = function () { window.saved.push(this.href); }");
    String buttons = "document.querySelectorAll('download-panel button')";
    browser.run(buttons + "[0].click()");
    double from = wall(0);
    until("two seconds are marked", () -> wall(0) > from + 2000);
    browser.run(buttons + "[1].click()");
    String save = "document.querySelector('download-panel .primary').click()";
    browser.run(save);
    until("an archive", () -> browser.number("return window.saved.length") == 1);
    Map<String, byte[]> archive = new HashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(bytes(client, savedAddress(0))))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        archive.put(each.getName(), zip.readAllBytes());
      }
    }
    assertThat(archive).hasSize(3).containsKey("manifest.json");
    until(
        "it is said to be saved",
        () ->
            browser
                .text("return document.querySelector('download-panel').textContent")
                .contains("The archive was saved."));
    browser.run("document.querySelectorAll('.pick input')[1].click()");
    until("one player", () -> wall(1) == 0);
    browser.run(save);
    until("a film", () -> browser.number("return window.saved.length") == 2);
    byte[] film = bytes(client, savedAddress(1));
    assertThat(new String(film, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    assertThat(archive.values()).anyMatch(each -> Arrays.equals(each, film));
    browser.run("document.querySelectorAll('.pick input')[1].click()");
    until("two players", () -> wall(0) > 0 && wall(1) > 0);
  }

  private static String savedAddress(int which) {
    return browser.text("return window.saved[" + which + "]");
  }

  private static byte[] bytes(HttpClient client, String address) throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(address).isEqualTo(200);
    return answer.body();
  }

  private static void theCalendarLeadsToOtherDays(Instant begin) {
    String today = "document.querySelector('day-calendar .today')";
    assertThat(browser.text("return " + today + ".dataset.having")).isEqualTo("server");
    browser.run("document.querySelector('day-calendar [aria-label=\"Earlier month\"]').click()");
    browser.run("document.querySelector('day-calendar button[data-day]').click()");
    until(
        "nothing then",
        () ->
            browser
                .text("return document.getElementById('empty').textContent")
                .startsWith("Nothing was recorded on this day"));
    browser.run("document.querySelector('day-calendar [aria-label=\"Later month\"]').click()");
    until(
        "today is marked",
        () -> browser.text("return " + today + ".dataset.having").equals("server"));
    browser.run(today + ".click()");
    // A day opens where its first recording begins, which may be of one camera only.
    until("today's player", () -> wall(0) > 0 || wall(1) > 0);
    seek(begin.toEpochMilli() + 2000);
    until("today's players", () -> wall(0) > 0 && wall(1) > 0);
  }

  private static void onAPhone() {
    browser.asPhone(390, 844);
    until(
        "nothing is wider than the phone",
        () -> browser.number("return document.documentElement.scrollWidth") <= 390);
    browser.screenshot("recordings-phone");
  }

  private static void seek(long at) {
    browser.run(
        "document.getElementById('bar').dispatchEvent(new CustomEvent('seek', {detail:"
            + " arguments[0]}))",
        at);
  }

  /** When the picture that a player shows was taken; 0 if there is none. */
  private static double wall(int player) {
    return browser.number("return " + PLAYER + "?.wall ?? 0", player);
  }

  /** The shorter one of two lines, in milliseconds. */
  private static long recorded(JsonNode timeline) {
    long shortest = timeline.path("lines").size() < 2 ? 0 : Long.MAX_VALUE;
    for (JsonNode line : timeline.path("lines")) {
      long sum = 0;
      for (JsonNode span : line.path("spans")) {
        Instant from = Instant.parse(span.path("from").asText());
        sum += Duration.between(from, Instant.parse(span.path("to").asText())).toMillis();
      }
      shortest = Math.min(shortest, sum);
    }
    return shortest;
  }

  private static void until(String what, Callable<Boolean> condition) {
    try {
      await(what).atMost(SOON).until(condition);
    } catch (ConditionTimeoutException e) {
      browser.screenshot("recordings-failed");
      throw new AssertionError(what + "; console: " + browser.consoleErrors(), e);
    }
  }

  private static int send(
      HttpClient client, RunningServer server, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/" + path))
            .header("Content-Type", body.startsWith("{") ? "application/json" : "text/csv")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static Simulation vehicle(RunningServer server) throws IOException {
    Signalling signalling =
        Signalling.to("127.0.0.1", server.server().jt808Port())
            .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(10));
    return Simulation.start(
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, PHONE, 2)
            .with(new Source.Drawn(640, 360, 20, 2000, 600_000, 1, Sound.standard()))
            .with(signalling));
  }
}
