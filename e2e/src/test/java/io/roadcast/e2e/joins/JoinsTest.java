package io.roadcast.e2e.joins;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.e2e.RunningServer;
import io.roadcast.e2e.browser.Browser;
import io.roadcast.e2e.joins.Cases.Case;
import io.roadcast.e2e.joins.Cases.Page;
import io.roadcast.e2e.joins.FilmCamera.Sound;
import io.roadcast.e2e.joins.MediaRelay.Way;
import io.roadcast.media.ffmpeg.H264Encoder.Profile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The most important part of {@code ./run bench joins}, shorter: over paths that are not good. */
@Tag("browser")
@Tag("load")
@Timeout(240)
class JoinsTest {
  /** So long a group of pictures that no keyframe helps who missed the first one. */
  private static final Film.Kind FILM =
      new Film.Kind("CIF 10 s", 352, 288, 400_000, 10, Profile.CONSTRAINED_BASELINE);

  private static final int JOINS = 6;
  private static final int VIEW_MILLIS = 1500;

  private static RunningServer server;
  private static Browser browser;
  private static Film film;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    server = RunningServer.start();
    film = Film.shoot(FILM);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 3, 0", "20, 0, 2"})
  void aPictureIsThereSoonOverAPathThatReordersOrLoses(int delay, int jitter, double loss)
      throws Exception {
    Way way = new Way(delay, jitter, loss);
    Case each = new Case(FILM.name(), FILM, Sound.SILENT, Page.PLAYER, JOINS, 1, VIEW_MILLIS, way);
    Series series =
        new SeriesRun(server.url(), server.webrtcPort(), server.jt1078Port(), browser)
            .series(each, film, "1370001%04d".formatted(delay));
    System.out.print(series.row());
    assertThat(series.joins()).allMatch(join -> join.wrong().isEmpty());
    // Who misses the first packets and is not shown them again waits a second and more.
    assertThat(series.joins().stream().map(join -> join.firstPicture() - join.connected()).sorted())
        .element(JOINS / 2)
        .satisfies(millis -> assertThat(millis).isBetween(0.0, 700.0));
  }
}
