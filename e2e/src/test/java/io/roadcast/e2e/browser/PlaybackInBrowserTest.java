package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.simulator.PictureCoding;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live, back into what was recorded, and live again: one session, looked at in Chromium. */
@Tag("browser")
@Timeout(240)
class PlaybackInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = "13912345678-1";

  private static final int BACK_SECONDS = 30;

  /** From the order until the browser shows it. */
  private static final int SEEK_MILLIS = 500;

  /** A picture that is live is not older. */
  private static final int LIVE_AGE_MILLIS = 300;

  private static final int FRAMES_PER_SECOND = 20;
  private static final int GOP_FRAMES = 40;

  private static final String BAR =
      "const row = document.querySelector('roadcast-player').shadowRoot.querySelector('.past');";

  private static RunningServer server;
  private static Browser browser;
  private static PlayerPage page;
  private static Simulation camera;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    server = RunningServer.start();
    page = new PlayerPage(browser);
    int gopMillis = GOP_FRAMES * 1000 / FRAMES_PER_SECOND;
    camera =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, "13912345678", 1)
                .with(
                    new Source.Drawn(
                        640, 360, FRAMES_PER_SECOND, gopMillis, 600_000, 1, Sound.standard())));
    server.awaitPictures(STREAM, 1);
    Duration enough = Duration.ofSeconds(BACK_SECONDS + 6);
    Stream stream =
        Objects.requireNonNull(server.server().router().find(StreamId.parse(STREAM, Quality.MAIN)));
    await()
        .atMost(enough.plus(SOON))
        .until(() -> stream.since().plus(enough).isBefore(Instant.now()));
  }

  @BeforeEach
  void watchLive() {
    page.openPlayers(server.url(), List.of(STREAM));
    page.awaitState(0, "live", SOON);
    page.watch(0, true);
    browser.run("window.connection = document.querySelector('roadcast-player').peerConnection");
    browser.run(
        "window.order = async (order) => {"
            + " const player = document.querySelector('roadcast-player');"
            + " const answer = await fetch(`/api/v1/viewers/${player.viewerId}/playback`,"
            + " {method: 'POST', headers: {'Content-Type': 'application/json'},"
            + " body: JSON.stringify(order)});"
            + " return answer.json(); }");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (camera != null) {
      camera.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void seeksPlaysFasterAndGoesLiveInOneSession() {
    await().atMost(SOON).until(() -> newest().age() < 1000);
    double packetsLost = page.inboundNumber(0, "video", "packetsLost");

    // Back.
    Sought sought = seek(BACK_SECONDS);
    System.out.println("seek: " + sought);
    assertThat(sought.millis()).as("until a picture of then").isLessThan(SEEK_MILLIS);
    assertThat(sought.thereMillis()).as("until the wanted one").isLessThan(SEEK_MILLIS);
    assertThat(sought.offset())
        .as("pictures from the wanted one")
        .isBetween(-GOP_FRAMES, GOP_FRAMES);

    // On, at its own pace and four times faster.
    double normal = picturesPerSecond(4000);
    seek(BACK_SECONDS + 4); // what is counted begins behind it
    order(Map.of("action", "speed", "speed", 4));
    double fast = picturesPerSecond(6000);
    System.out.println("1x: " + normal + " pictures a second, 4x: " + fast);
    assertThat(normal).isBetween(0.9 * FRAMES_PER_SECOND, 1.1 * FRAMES_PER_SECOND);
    assertThat(fast).isBetween(3.5 * FRAMES_PER_SECOND, 4.5 * FRAMES_PER_SECOND);

    // Standing still, and step by step.
    order(Map.of("action", "pause"));
    Reading still = settled();
    order(Map.of("action", "step"));
    await().atMost(SOON).until(() -> newest().counter() == still.counter() + 1);
    order(Map.of("action", "step", "direction", "backward"));
    await().atMost(SOON).until(() -> newest().counter() == still.counter());

    // Live again.
    double edge = millisUntilLive();
    System.out.println("live edge after ms: " + edge);
    assertThat(edge).isLessThan(SEEK_MILLIS);

    assertOneSession();
    assertThat(page.seen(0, "unreadable")).isZero();
    assertThat(page.inboundNumber(0, "video", "packetsLost")).isEqualTo(packetsLost);
  }

  /** What this browser can not show is transcoded, live as well as recorded. */
  @Test
  void recordingsInAnotherCodecAreTranscoded() throws Exception {
    String stream = "13912345679-1";
    try (Simulation another =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, "13912345679", 1)
                .with(
                    new Source.Drawn(352, 288, 10, 1000, 400_000, 1, Sound.standard())
                        .in(PictureCoding.H265)))) {
      server.awaitPictures(stream, 100);
      page.openPlayers(server.url(), List.of(stream));
      page.awaitState(0, "live", SOON);
      page.watch(0, true);
      await().atMost(SOON).until(() -> newest().age() < 3000);
      browser.await("await document.querySelector('roadcast-player').seek(-8); return 1");
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(newest().age()).isBetween(5000.0, 15_000.0));
      browser.await("await document.querySelector('roadcast-player').goLive(); return 1");
      await().atMost(SOON).until(() -> newest().age() < 3000);
      assertThat(page.seen(0, "unreadable")).isZero();
      assertThat(another.isRunning()).isTrue();
    }
    browser.open("about:blank");
    await().atMost(SOON).until(() -> server.metric("roadcast_picture_transcode_jobs") == 0);
  }

  @Test
  void twentySeeksInARowLeaveOneConnectionAndNothingElse() {
    await().atMost(SOON).until(() -> newest().age() < 1000);
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Sought sought = seek(i % 2 == 0 ? 9 : 4); // further apart than a group of pictures
      assertThat(sought.offset()).isBetween(-GOP_FRAMES, GOP_FRAMES);
      millis.add(Math.round(sought.thereMillis()));
      System.out.println("seek: " + sought);
    }
    System.out.println("twenty seeks, ms: " + millis.stream().sorted().toList());
    assertThat(millis)
        .as("until the wanted picture")
        .allSatisfy(each -> assertThat(each).isLessThan(SEEK_MILLIS));
    assertThat(millisUntilLive()).isLessThan(SEEK_MILLIS);
    assertOneSession();
    await().atMost(SOON).until(() -> server.metric("roadcast_playbacks_active") == 0);
    assertThat(server.metric("roadcast_viewers{state=\"connected\"}")).isEqualTo(1);
    assertThat(server.json("/api/v1/streams").path("items"))
        .as("what is shown of the past is no stream for others")
        .filteredOn(stream -> stream.path("id").asText().equals(STREAM))
        .hasSize(1);
    await().atMost(SOON).until(() -> sum("roadcast_worker_streams{") == 1);
    await().atMost(SOON).until(() -> server.metric("roadcast_transcode_jobs") == 0);
    server.assertHealthy();
  }

  @Test
  void thePlayersTimeBarLeadsBackAndToNow() {
    browser.open(server.url() + "/?streams=" + STREAM + "&layout=1");
    page.awaitPlayers(1, SOON);
    page.awaitState(0, "live", SOON);
    await().atMost(SOON).until(() -> bar("row.hidden").equals("false"));
    assertThat(bar("row.dataset.past")).isEqualTo("live");
    browser.screenshot("playback-live");
    drag(0.3);
    await().atMost(SOON).until(() -> bar("row.dataset.past").equals("playing"));
    await().atMost(SOON).until(() -> bar("row.querySelector('.when').textContent").startsWith("−"));
    assertThat(bar("row.querySelectorAll('.track i').length")).isNotEqualTo("0");
    browser.run(
        "document.querySelector('roadcast-player').dispatchEvent("
            + "new PointerEvent('pointermove', {pointerType: 'mouse'}))");
    browser.screenshot("playback-past");
    bar("row.querySelector('[data-past=toggle]').click()");
    await().atMost(SOON).until(() -> bar("row.dataset.past").equals("paused"));
    bar("row.querySelector('[data-past=backward]').click()");
    browser.asPhone(390, 844);
    await().atMost(SOON).until(() -> bar("row.clientWidth > 0").equals("true"));
    browser.screenshot("playback-phone");
    // Nobody calls a picture that stands still on purpose a silent camera.
    await()
        .pollDelay(Duration.ofSeconds(7))
        .atMost(SOON)
        .untilAsserted(() -> assertThat(page.state(0)).isEqualTo("live"));
    bar("row.querySelector('[data-past=live]').click()");
    await().atMost(SOON).until(() -> bar("row.dataset.past").equals("live"));
    assertThat(page.state(0)).isEqualTo("live");
    browser.screenshot("playback-phone-live");
  }

  @Test
  void pointingAtTheTimeBarShowsASmallPicture() {
    browser.open(server.url() + "/?streams=" + STREAM + "&layout=1");
    page.awaitPlayers(1, SOON);
    page.awaitState(0, "live", SOON);
    await().atMost(SOON).until(() -> bar("row.hidden").equals("false"));
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              browser.run(
                  BAR
                      + " const bar = row.querySelector('input').getBoundingClientRect();"
                      + "row.querySelector('input').dispatchEvent(new PointerEvent('pointermove',"
                      + " {pointerType: 'mouse', clientX: bar.left + bar.width * 0.7}))");
              return bar("row.querySelector('.still').style.backgroundImage").contains("sprite.jpg")
                  && bar("row.querySelector('.still').hidden").equals("false");
            });
    assertThat(bar("row.querySelector('.still').offsetWidth")).isEqualTo("160");
    browser.screenshot("playback-picture");
    browser.run(
        BAR + " row.querySelector('input').dispatchEvent(new PointerEvent('pointerleave'))");
    assertThat(bar("row.querySelector('.hint').hidden")).isEqualTo("true");
  }

  @Test
  void aPlayerMayBeginInThePast() {
    browser.await(
        """
        document.body.replaceChildren();
        await import(location.origin + '/player/roadcast-player.js');
        const player = document.createElement('roadcast-player');
        player.setAttribute('stream', arguments[0]);
        player.setAttribute('start', '-6');
        document.body.append(player);
        return 1;
        """,
        STREAM);
    page.awaitState(0, "live", SOON);
    await()
        .atMost(SOON)
        .until(
            () ->
                browser
                    .text("return document.querySelector('roadcast-player').playback.state")
                    .equals("playing"));
    page.watch(0, true);
    await().atMost(SOON).until(() -> newest().age() < 60_000);
    assertThat(newest().age()).isGreaterThan(3000);
    await().atMost(SOON).until(() -> page.inboundNumber(0, "audio", "packetsReceived") > 20);
    double heard = page.inboundNumber(0, "audio", "packetsReceived");
    browser.await("await document.querySelector('roadcast-player').goLive(); return 1");
    await().atMost(SOON).until(() -> newest().age() < 500);
    await()
        .atMost(SOON)
        .until(() -> page.inboundNumber(0, "audio", "packetsReceived") > heard + 50);
    assertThat(page.inboundNumber(0, "audio", "packetsLost")).isZero();
  }

  private static void drag(double part) {
    browser.run(
        BAR
            + "const slider = row.querySelector('input');"
            + "slider.value = String(arguments[0] * 1000);"
            + "slider.dispatchEvent(new Event('input'));"
            + "slider.dispatchEvent(new Event('change'));",
        part);
  }

  private static String bar(String expression) {
    return browser.text(BAR + "return String(" + expression + ")");
  }

  private void assertOneSession() {
    assertThat(
            browser.run(
                "return connection === document.querySelector('roadcast-player').peerConnection"
                    + " && connection.connectionState === 'connected'"))
        .isEqualTo(true);
  }

  private static double sum(String metric) {
    return server
        .metrics()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private record Reading(int counter, double age) {}

  /**
   * @param millis until the first picture of the wanted group
   * @param offset of that picture from the wanted one
   * @param thereMillis until the wanted picture itself
   * @param answerMillis until the order was answered
   */
  private record Sought(double millis, int offset, double thereMillis, double answerMillis) {}

  /** The newest picture that could be read. */
  private static Reading newest() {
    @SuppressWarnings("unchecked")
    List<Number> found =
        (List<Number>)
            browser.await(
                "const r = window.seen[0].readings.at(-1); return r ? [r.counter, r.ageMs] : [-1,"
                    + " 1e9]");
    return new Reading(found.get(0).intValue(), found.get(1).doubleValue());
  }

  /** The newest picture when no more come. */
  private static Reading settled() {
    int[] before = {-1};
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              int now = newest().counter();
              boolean same = now == before[0];
              before[0] = now;
              return same;
            });
    return newest();
  }

  /**
   * Goes back; how long until a picture of then was seen, and how far it is from the wanted one.
   */
  private static Sought seek(double backSeconds) {
    @SuppressWarnings("unchecked")
    List<Number> found =
        (List<Number>)
            browser.await(
                """
                const readings = window.seen[0].readings;
                const begun = performance.now();
                const wanted = Date.now() - arguments[0] * 1000;
                const first = readings.length;
                const answer = await order({action: 'seek', back_s: arguments[0]});
                if (answer.code) throw new Error(JSON.stringify(answer));
                const answered = performance.now() - begun;
                const slack = arguments[1] * 1000;
                for (;;) {
                  const seen = readings.slice(first).filter((r) => Math.abs(r.at - r.ageMs - wanted) <= slack);
                  const there = seen.find((r) => r.at - r.ageMs - wanted > -100);
                  if (there) {
                    const near = seen[0];
                    return [performance.now() - begun - (Date.now() - near.at),
                        Math.round((near.at - near.ageMs - wanted) / 1000 * arguments[2]),
                        performance.now() - begun - (Date.now() - there.at), answered];
                  }
                  if (performance.now() - begun > 5000) throw new Error('no such picture: ' + JSON.stringify(readings.slice(-3)) + wanted);
                  await new Promise((done) => setTimeout(done, 5));
                }
                """,
                backSeconds,
                (double) GOP_FRAMES / FRAMES_PER_SECOND,
                FRAMES_PER_SECOND);
    return new Sought(
        found.get(0).doubleValue(),
        found.get(1).intValue(),
        found.get(2).doubleValue(),
        found.get(3).doubleValue());
  }

  /** Asks for what is live; how long until a picture of just now was seen. */
  private static double millisUntilLive() {
    return ((Number)
            browser.await(
                """
                const readings = window.seen[0].readings;
                const begun = performance.now();
                const first = readings.length;
                const answer = await order({action: 'live'});
                if (answer.state !== 'live') throw new Error(JSON.stringify(answer));
                for (;;) {
                  const live = readings.slice(first).find((r) => r.ageMs < arguments[0]);
                  if (live) return performance.now() - begun - (Date.now() - live.at);
                  if (performance.now() - begun > 5000) throw new Error('not live: ' + JSON.stringify(readings.slice(-3)));
                  await new Promise((done) => setTimeout(done, 5));
                }
                """,
                LIVE_AGE_MILLIS))
        .doubleValue();
  }

  private static double picturesPerSecond(int millis) {
    return ((Number)
            browser.await(
                """
                const first = window.seen[0].readings.at(-1);
                await new Promise((done) => setTimeout(done, arguments[0]));
                const last = window.seen[0].readings.at(-1);
                return (last.counter - first.counter) * 1000 / (last.at - first.at);
                """,
                millis))
        .doubleValue();
  }

  private static Object order(Map<String, Object> order) {
    Object answer = browser.await("return await order(arguments[0])", order);
    assertThat(answer.toString()).doesNotContain("code=");
    return answer;
  }
}
