package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.e2e.PushClient;
import io.roadcast.e2e.RunningServer;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import io.roadcast.simulator.alarm.AlarmKind;
import io.roadcast.simulator.alarm.AlarmPlan;
import io.roadcast.simulator.picture.FrameCounterCode;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the alarm of a vehicle to its clip on the operator's page. */
@Tag("browser")
@Timeout(300)
class AlarmsInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TERMINAL = "13912345678";
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int RATE = 20;
  private static final int PRE_ROLL_SECONDS = 10;
  private static final int POST_ROLL_SECONDS = 10;

  /** What was asked for: the alarm at once, its clip soon. */
  private static final double ON_THE_PAGE_MS = 300;

  private static final double CLIP_PLAYS_MS = 3000;

  /** The camera's clock and the server's differ by the way of a picture. */
  private static final long CLOCKS_MS = 200;

  /** A clip begins with a keyframe, of which there is one a second. */
  private static final long MORE_MS = 1500;

  /** Kinds without files and clips, and the page's words for them. */
  private static final String[][] OTHERS = {
    {"tpms.pressure_high", "Pressure high"},
    {"tpms.pressure_low", "Pressure low"},
    {"tpms.slow_leak", "Slow leak"},
    {"tpms.temperature_high", "Temperature high"},
    {"tpms.sensor", "Sensor"},
    {"tpms.unbalanced", "Unbalanced"},
    {"tpms.battery", "Battery"}
  };

  private static Browser browser;

  @TempDir private Path directory;

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
  void anAlarmIsOnThePageAtOnceAndItsClipSecondsAfterItsEnd() throws Exception {
    try (RunningServer server = RunningServer.start(Map.of("page.open-at-start", "1"));
        Simulation simulation = vehicle(server);
        PushClient pushes = PushClient.connect(HttpClient.newHttpClient(), server.wsUrl())) {
      importVehicle(server);
      pushes.say("{\"type\":\"events.subscribe\"}");
      pushes.awaitType("events.subscribed");
      browser.open(server.url() + "/?streams=" + TERMINAL + "-1");
      browser.run("document.querySelector('#lists [data-list=alarms]').click()");
      server.awaitPictures(TERMINAL + "-1", RATE * (PRE_ROLL_SECONDS + 2));
      noteWhenAlarmsAppear();

      Raising raising = new Raising(simulation, pushes);
      List<Way> ways =
          new ArrayList<>(List.of(raising.raise("adas.pedestrian", "Pedestrian ahead")));
      openTheFirstAndNoteWhenItsClipPlays(raising.raised);
      JsonNode event = server.json("/api/v1/events").path("items").get(0);
      assertThat(event.path("type").asText()).isEqualTo("adas.pedestrian");
      for (String[] other : OTHERS) {
        ways.add(raising.raise(other[0], other[1]));
      }
      System.out.println("from the vehicle to the page: " + ways);
      assertThat(ways)
          .as(
              "the journal's slowest fsync took %s s",
              server.metric("roadcast_journal_slowest_group_seconds"))
          .allMatch(way -> way.onPageMs() <= ON_THE_PAGE_MS);

      JsonNode clip = clip(server, event);
      Instant end = Instant.parse(event.path("timestamp").asText()).plusSeconds(POST_ROLL_SECONDS);
      until("the clip plays", () -> browser.number("return window.clipPlays ?? 0") > 0);
      double plays = browser.number("return window.clipPlays") - end.toEpochMilli();
      System.out.printf("the clip plays %.0f ms after its last second%n", plays);
      assertThat(plays).as("ms after the clip's last second").isLessThanOrEqualTo(CLIP_PLAYS_MS);
      browser.run("document.querySelector('.event-dialog header button').click()");

      theClipShowsItsTime(server, event, clip);
      thePageShowsItAll();
      everyFileIsWhatTheTerminalSent(server, event, simulation);
      onAPhone();
      assertThat(browser.consoleErrors()).allMatch(error -> error.contains("/whep/"));
    }
  }

  /** The page's own clock when each row is there, by its words. */
  private static void noteWhenAlarmsAppear() {
    browser.run(
        """
        window.alarmsSeen = {};
        new MutationObserver(() => {
          for (const row of document.querySelectorAll('event-list .event strong'))
            window.alarmsSeen[row.textContent] ??= Date.now();
        }).observe(document.querySelector('event-list'), { childList: true, subtree: true });
        """);
  }

  /**
   * How long after it was raised an alarm had come how far, ms.
   *
   * @param acceptedMs by the server
   * @param toldMs over the WebSocket, to this process
   */
  private record Way(String kind, long acceptedMs, long toldMs, long onPageMs) {}

  private static final class Raising {
    private final Simulation simulation;
    private final PushClient pushes;
    private long raised;

    Raising(Simulation simulation, PushClient pushes) {
      this.simulation = simulation;
      this.pushes = pushes;
    }

    /**
     * @param words that the page has for it
     */
    Way raise(String kind, String words) {
      raised = System.currentTimeMillis();
      simulation.raise(TERMINAL, AlarmKind.named(SafetyVariant.SU, kind).orElseThrow());
      JsonNode told =
          pushes.await(
              kind,
              message ->
                  message.path("type").asText().equals("event.created")
                      && message.path("event").path("type").asText().equals(kind));
      long toldAt = System.currentTimeMillis();
      until(words, () -> browser.number("return window.alarmsSeen[arguments[0]] ?? 0", words) > 0);
      long shownAt = (long) browser.number("return window.alarmsSeen[arguments[0]]", words);
      Instant accepted = Instant.parse(told.path("event").path("receivedAt").asText());
      return new Way(kind, accepted.toEpochMilli() - raised, toldAt - raised, shownAt - raised);
    }
  }

  /**
   * The operator looks at the alarm while its clip is still to come, maybe at the terminal's own
   * video, and takes the clip when it is there.
   */
  private static void openTheFirstAndNoteWhenItsClipPlays(long raised) {
    browser.run(
        """
        const end = arguments[0];
        document.querySelector('event-list .event').click();
        const dialog = document.querySelector('.event-dialog');
        const takeClip = setInterval(() => {
          const clip = [...dialog.querySelectorAll('.switch button')]
            .find(({ textContent }) => textContent.startsWith('Clip'));
          if (clip?.getAttribute('aria-pressed') === 'false') clip.click();
        }, 20);
        dialog.querySelector('video').addEventListener('timeupdate', ({ target }) => {
          const shown = dialog.querySelector('.switch [aria-pressed=true]')?.textContent ?? 'Clip';
          if (Date.now() < end || target.currentTime === 0 || !shown.startsWith('Clip')) return;
          window.clipPlays ??= Date.now();
          clearInterval(takeClip);
        });
        """,
        raised + POST_ROLL_SECONDS * 1000L);
  }

  private static JsonNode clip(RunningServer server, JsonNode event) {
    String path = "/api/v1/events/" + event.path("id").asText();
    until(
        "a clip that is ready",
        () -> evidence(server.json(path), "clip").stream().anyMatch(AlarmsInBrowserTest::whole));
    return evidence(server.json(path), "clip").stream()
        .filter(AlarmsInBrowserTest::whole)
        .findFirst()
        .orElseThrow();
  }

  private static boolean whole(JsonNode evidence) {
    return evidence.path("state").asText().equals("complete");
  }

  private static List<JsonNode> evidence(JsonNode event, String kind) {
    return StreamSupport.stream(event.path("evidence").spliterator(), false)
        .filter(each -> each.path("kind").asText().equals(kind))
        .toList();
  }

  /** Each picture says which it is and when it was drawn. */
  private void theClipShowsItsTime(RunningServer server, JsonNode event, JsonNode clip)
      throws Exception {
    byte[] bytes = content(server, clip);
    assertThat(sha256(bytes)).isEqualTo(clip.path("sha256").asText());
    Path file = Files.write(directory.resolve("clip.mp4"), bytes);
    List<FrameCounterCode.Reading> shown = shown(file);
    for (int i = 1; i < shown.size(); i++) {
      assertThat(shown.get(i).counter()).isEqualTo(shown.get(i - 1).counter() + 1);
    }
    long at = Instant.parse(event.path("timestamp").asText()).toEpochMilli() & 0xffffffffL;
    assertThat(at - shown.getFirst().clockMillis())
        .as("what is shown before the alarm")
        .isBetween(PRE_ROLL_SECONDS * 1000L - CLOCKS_MS, PRE_ROLL_SECONDS * 1000L + MORE_MS);
    assertThat(shown.getLast().clockMillis() - at)
        .as("and after it")
        .isBetween(POST_ROLL_SECONDS * 1000L - CLOCKS_MS, POST_ROLL_SECONDS * 1000L + MORE_MS);
    System.out.printf(
        "the clip shows pictures %d to %d, %d ms before the alarm to %d ms after it%n",
        shown.getFirst().counter(),
        shown.getLast().counter(),
        at - shown.getFirst().clockMillis(),
        shown.getLast().clockMillis() - at);
    assertThat(shown.size())
        .isBetween(
            RATE * (PRE_ROLL_SECONDS + POST_ROLL_SECONDS - 2),
            RATE * (PRE_ROLL_SECONDS + POST_ROLL_SECONDS + 2));
  }

  private static List<FrameCounterCode.Reading> shown(Path file) throws Exception {
    Process process =
        FfmpegTools.ffmpeg(
                "-v",
                "error",
                "-i",
                file.toString(),
                "-an",
                "-vsync",
                "passthrough",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "pipe:1")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<FrameCounterCode.Reading> readings = new ArrayList<>();
    try (InputStream in = process.getInputStream()) {
      for (byte[] luma = in.readNBytes(WIDTH * HEIGHT);
          luma.length == WIDTH * HEIGHT;
          luma = in.readNBytes(WIDTH * HEIGHT)) {
        readings.add(FrameCounterCode.read(luma, WIDTH, HEIGHT).orElseThrow());
      }
    }
    assertThat(process.waitFor()).isZero();
    return readings;
  }

  private static void openPedestrian() {
    browser.run(
        "[...document.querySelectorAll('event-list .event')]"
            + ".find((row) => row.textContent.includes('Pedestrian')).click()");
  }

  private static void thePageShowsItAll() {
    openPedestrian();
    until(
        "the clip plays",
        () ->
            browser.number("return document.querySelector('.event-dialog video').currentTime") > 1);
    until(
        "a picture of the terminal",
        () ->
            browser.number("return document.querySelector('.event-files img')?.naturalWidth ?? 0")
                > 0);
    until(
        "the vehicle's log",
        () -> browser.number("return document.querySelectorAll('.event-log svg').length") == 1);
    browser.screenshot("alarm-desk");
    browser.run("document.querySelector('.event-dialog textarea').value = 'A cyclist'");
    browser.run("document.querySelector('.comment-form').requestSubmit()");
    awaitText(".comments", "A cyclist");
    browser.run("document.querySelector('.event-actions .primary').click()");
    awaitText(".event-side", "Acknowledged");
    browser.run("document.querySelector('.event-dialog header button').click()");
    until(
        "the list says so",
        () ->
            browser.number(
                    "return document.querySelectorAll('event-list"
                        + " [data-state=acknowledged]').length")
                == 1);
  }

  /** Pieces were lost, mixed and repeated on purpose, and the connection broke. */
  private static void everyFileIsWhatTheTerminalSent(
      RunningServer server, JsonNode event, Simulation simulation) throws Exception {
    String path = "/api/v1/events/" + event.path("id").asText();
    until("all files", () -> simulation.signalling().files() == 4);
    for (String kind : List.of("picture", "video", "log", "sound")) {
      JsonNode file = evidence(server.json(path), kind).getFirst();
      assertThat(file.path("state").asText()).isEqualTo("complete");
      assertThat(sha256(content(server, file))).isEqualTo(file.path("sha256").asText());
    }
    assertThat(server.metric("roadcast_attachment_files_total{state=\"complete\"}")).isEqualTo(4);
    assertThat(server.metric("roadcast_attachment_asked_again_total")).isPositive();
  }

  private static void onAPhone() {
    browser.asPhone(390, 844);
    browser.run("document.querySelector('#tabbar [data-tab=fleet]').click()");
    browser.run("document.querySelector('#lists [data-list=alarms]').click()");
    until(
        "the list",
        () -> browser.number("return document.querySelectorAll('event-list .event').length") == 8);
    browser.screenshot("alarms-phone");
    openPedestrian();
    awaitText(".event-dialog h2", "Pedestrian");
    assertThat(browser.number("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
    browser.screenshot("alarm-phone");
  }

  private static byte[] content(RunningServer server, JsonNode file) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI at = URI.create(server.url() + file.path("url").asText());
      return client
          .send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofByteArray())
          .body();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
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
      browser.screenshot("alarms-failed");
      throw new AssertionError(what + "; console: " + browser.consoleErrors(), e);
    }
  }

  private static void importVehicle(RunningServer server) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/vehicles/import"))
            .header("Content-Type", "text/csv")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "plate,plate_color,name,phone,channels\nRC-1024,blue,Express,13912345678,2\n"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      await()
          .atMost(SOON)
          .until(
              () -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    }
  }

  private static Simulation vehicle(RunningServer server) throws Exception {
    AlarmPlan plan =
        new AlarmPlan(
            SafetyVariant.SU,
            AlarmPlan.Pace.NONE,
            Duration.ofSeconds(60),
            Set.of(
                AlarmPlan.Fault.MISSING,
                AlarmPlan.Fault.REORDER,
                AlarmPlan.Fault.REPEAT,
                AlarmPlan.Fault.CUT));
    return Simulation.start(
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, TERMINAL, 2)
            .with(new Source.Drawn(WIDTH, HEIGHT, RATE, 1000, 600_000, 1, Sound.standard()))
            .with(
                Signalling.to("127.0.0.1", server.server().jt808Port())
                    .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(10))
                    .with(plan)));
  }
}
