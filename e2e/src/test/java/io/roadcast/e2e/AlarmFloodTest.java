package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.bench.terminal.PositionLoad;
import io.roadcast.bench.viewer.LoadPlan;
import io.roadcast.bench.viewer.LoadReport;
import io.roadcast.bench.viewer.LoadRun;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.WhepClient;
import io.roadcast.e2e.browser.Browser;
import io.roadcast.e2e.joins.Film;
import io.roadcast.e2e.joins.FilmCamera;
import io.roadcast.media.ffmpeg.H264Encoder.Profile;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand alarms a second, for a minute: each becomes one event, viewers lose nothing and the
 * page of alarms answers. {@code -Dalarms.seconds=N} changes the time.
 */
@Tag("load")
@Tag("browser")
@Timeout(420)
class AlarmFloodTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration BEFORE = Duration.ofSeconds(15);
  private static final int SECONDS = Integer.getInteger("alarms.seconds", 60);
  private static final int PER_SECOND = 1000;
  private static final int TERMINALS = 200;
  private static final int VIEWERS = 20;
  private static final String TERMINAL = "13900001000";
  private static final String STREAM = TERMINAL + "-1";

  /** Coded beforehand: a camera has processors of its own. */
  private static final Film.Kind FILM =
      new Film.Kind("360p 1 s", 640, 360, 600_000, 1, Profile.CONSTRAINED_BASELINE);

  /** Rows that the list shows at most, and what the page may do before it answers. */
  private static final int ROWS = 150;

  private static final int LONGEST_TASK_MS = 1000;

  @TempDir Path directory;

  @Test
  void aThousandAlarmsASecondDisturbNobody() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory, Map.of());
        FilmCamera camera = camera(server);
        PositionLoad load = PositionLoad.ofAlarms(server.jt808Port(), TERMINALS);
        ExecutorService threads = Executors.newCachedThreadPool();
        Browser browser = Browser.start()) {
      await().atMost(SOON).until(() -> server.showsPictures(1));
      browser.open(server.url() + "/?streams=" + STREAM);
      browser.run("document.querySelector('#lists [data-list=alarms]').click()");
      load.connect();
      load.report(PER_SECOND / 10, PER_SECOND);

      LoadReport before = watch(server, BEFORE);
      noteLongTasks(browser);
      Future<LoadReport> watched =
          threads.submit(() -> watch(server, Duration.ofSeconds(SECONDS - 5)));
      Future<List<Double>> page = threads.submit(() -> use(browser, watched));
      load.report(PER_SECOND, (long) PER_SECOND * SECONDS);
      LoadReport during = watched.get();
      List<Double> answers = page.get();
      assertThat(load.awaitAnswers(SOON)).isTrue();

      print(before, during, answers, browser);
      for (LoadReport report : List.of(before, during)) {
        assertThat(report.clean()).as(report.text()).isTrue();
        assertThat(report.frames().damaged()).isZero();
        assertThat(report.framesPerViewer().least()).isGreaterThan(0.95 * Film.FRAME_RATE);
      }
      assertThat(camera.sent()).isGreaterThan(SECONDS * Film.FRAME_RATE);
      assertThat(browser.number("return Math.max(0, ...window.longTasks)"))
          .as("longest task of the page, ms")
          .isLessThan(LONGEST_TASK_MS);
      Map<String, Integer> acknowledged = StoredPositions.acknowledged(load);
      assertThat(acknowledged).hasSize(PER_SECOND * (SECONDS + 1));
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(StoredPositions.events(server.database().address()))
                      .isEqualTo(acknowledged));
      assertThat(browser.number("return document.querySelectorAll('event-list .event').length"))
          .isEqualTo(ROWS);
      assertThat(browser.consoleErrors()).allMatch(error -> error.contains("/whep/"));
    }
  }

  private static FilmCamera camera(ServerProcess server) throws Exception {
    return FilmCamera.start(
        Film.shoot(FILM), FilmCamera.Sound.SILENT, "127.0.0.1", server.jt1078Port(), TERMINAL);
  }

  private static LoadReport watch(ServerProcess server, Duration time) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      LoadPlan plan =
          new LoadPlan(
              List.of(() -> new WhepClient(http, server.whep(STREAM), null)),
              VIEWERS,
              Duration.ofMillis(50),
              time,
              LoadViewerOptions.defaults());
      LoadReport report = LoadRun.run(plan, line -> {});
      http.shutdownNow();
      return report;
    }
  }

  private static void noteLongTasks(Browser browser) {
    browser.run(
        """
        window.longTasks = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
        }).observe({ type: 'longtask' });
        """);
  }

  /** Opens and closes an alarm again and again; how long the page took to show it, ms. */
  private static List<Double> use(Browser browser, Future<?> until) {
    List<Double> answers = new ArrayList<>();
    while (!until.isDone()) {
      answers.add(
          ((Number)
                  browser.await(
                      """
                      const frame = () => new Promise(requestAnimationFrame);
                      const begin = performance.now();
                      const row = document.querySelectorAll('event-list .event')[5];
                      const id = row.closest('li').dataset.event;
                      row.click();
                      const dialog = document.querySelector('.event-dialog');
                      while (!dialog.open || dialog.dataset.event !== id) await frame();
                      await frame();
                      const took = performance.now() - begin;
                      dialog.querySelector('header button').click();
                      await new Promise((resume) => setTimeout(resume, 1000));
                      return took;
                      """))
              .doubleValue());
      assertThat(browser.number("return document.querySelectorAll('event-list .event').length"))
          .isBetween(1.0, (double) ROWS);
    }
    browser.screenshot("alarm-flood");
    return answers;
  }

  private static void print(
      LoadReport before, LoadReport during, List<Double> answers, Browser browser) {
    System.out.printf("before: %s%nduring: %s%n", before.text(), during.text());
    System.out.printf(
        "page: %d alarms opened, slowest shown after %.0f ms; %s%n",
        answers.size(),
        answers.stream().mapToDouble(Double::doubleValue).max().orElse(0),
        browser.text(
            "return `${window.longTasks.length} long tasks, longest"
                + " ${Math.round(Math.max(0, ...window.longTasks))} ms`"));
  }
}
