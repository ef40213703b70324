package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.media.Codec;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What some cameras do with their pictures, in Chromium: passed on where they are H.264, through
 * the transcode where they are not.
 */
@Tag("browser")
@Timeout(300)
class QuirksInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int COLOUR_TOLERANCE = 12;

  private final List<Simulation> cameras = new ArrayList<>();
  private final Browser browser = Browser.start();
  private final PlayerPage page = new PlayerPage(browser);
  private RunningServer server;

  @TempDir private Path directory;

  @BeforeEach
  void start() throws Exception {
    server = RunningServer.start(Map.of("transcode.pictures", "3"));
  }

  @AfterEach
  void stop() {
    cameras.forEach(Simulation::close);
    browser.close();
    server.close();
  }

  @Test
  void fullRangeIsSeenInItsColours() throws Exception {
    String[] full = {
      "-vf",
      "scale=in_range=limited:out_range=full:in_color_matrix=bt709:out_color_matrix=bt709",
      "-pix_fmt",
      "yuvj420p",
      "-color_range",
      "pc"
    };
    List<String> streams = new ArrayList<>();
    streams.add(camera(new QuirkyFilm(Codec.H264).film(352, 288, 30)));
    streams.add(camera(new QuirkyFilm(Codec.H264).film(352, 288, 30, full)));
    streams.add(camera(new QuirkyFilm(Codec.H265).film(352, 288, 30, full)));
    open(streams);
    for (int i = 0; i < streams.size(); i++) {
      int player = i;
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertColours(page.colours(player, middles()), player));
    }
  }

  @Test
  void sizesMayBeOddAndChangeInMidstream() throws Exception {
    String[] odd = {"-vf", "format=yuv444p,crop=353:289:0:0:exact=1"};
    List<String> streams = new ArrayList<>();
    streams.add(camera(changing(new QuirkyFilm(Codec.H264))));
    streams.add(camera(changing(new QuirkyFilm(Codec.H265))));
    streams.add(camera(new QuirkyFilm(Codec.H264).film(354, 290, 900)));
    streams.add(camera(new QuirkyFilm(Codec.H265).film(354, 290, 900, odd)));
    streams.add(camera(new QuirkyFilm(Codec.H264).film(354, 290, 900, odd)));
    open(streams);
    for (int player = 0; player < 2; player++) {
      for (int width : new int[] {352, 480}) {
        int seen = player;
        await("width of " + width + " in player " + player)
            .atMost(SOON)
            .until(() -> page.seen(seen, "width") == width);
      }
    }
    for (int i = 0; i < streams.size(); i++) {
      assertSeen(i, 40);
    }
    assertThat(page.seen(2, "width")).isEqualTo(354);
    assertThat(page.seen(2, "height")).isEqualTo(290);
    assertThat(page.seen(3, "width")).isEqualTo(352);
    assertThat(page.seen(3, "height")).isEqualTo(288);
    assertThat(page.seen(4, "width")).isBetween(352.0, 353.0);
  }

  @Test
  void parameterSetsMayBeMissingOrChange() throws Exception {
    List<String> streams = new ArrayList<>();
    streams.add(
        camera(new QuirkyFilm(Codec.H264).film(352, 288, 900).withoutRepeatedParameterSets()));
    streams.add(
        camera(new QuirkyFilm(Codec.H265).film(352, 288, 900).withoutRepeatedParameterSets()));
    QuirkyFilm changing = new QuirkyFilm(Codec.H264);
    for (int i = 0; i < 9; i++) {
      changing.film(352, 288, 50, "-profile:v", "baseline");
      changing.film(352, 288, 50, "-profile:v", "high", "-coder", "1", "-refs", "3");
    }
    streams.add(camera(changing));
    open(streams);
    for (int i = 0; i < streams.size(); i++) {
      assertSeen(i, 40);
    }
    // Who comes later has nothing but what the server remembers of them.
    page.addPlayers(streams);
    for (int i = 0; i < streams.size(); i++) {
      page.awaitState(i, "live", SOON);
      page.watch(i, true);
    }
    for (int i = 0; i < streams.size(); i++) {
      assertSeen(i, 20);
    }
    assertThat(server.metric("roadcast_picture_transcode_damaged_frames_total")).isZero();
  }

  private static QuirkyFilm changing(QuirkyFilm film) throws Exception {
    for (int i = 0; i < 9; i++) {
      film.film(352, 288, 50).film(480, 270, 50);
    }
    return film;
  }

  private void open(List<String> streams) {
    page.openPlayers(server.url(), streams);
    for (int i = 0; i < streams.size(); i++) {
      page.awaitState(i, "live", SOON);
      page.watch(i, true);
    }
  }

  /** The counter is read in every picture, and never goes back. */
  private void assertSeen(int player, int pictures) {
    await("pictures in player " + player)
        .atMost(SOON)
        .until(() -> page.seen(player, "pictures") >= pictures);
    assertThat(page.seen(player, "unreadable")).as("unreadable in player %d", player).isZero();
    assertThat(page.seen(player, "backwards")).as("backwards in player %d", player).isZero();
    assertThat(page.inboundNumber(player, "video", "packetsLost")).isZero();
  }

  private static List<List<Integer>> middles() {
    int half = QuirkyFilm.PATCH_SIDE / 2;
    List<List<Integer>> places = new ArrayList<>();
    for (int i = 0; i < QuirkyFilm.PATCHES.size(); i++) {
      places.add(List.of(i * QuirkyFilm.PATCH_SIDE + half, QuirkyFilm.PATCHES_TOP + half));
    }
    return places;
  }

  private static void assertColours(List<Integer> seen, int player) {
    System.out.printf("player %d: %s%n", player, seen.stream().map(Integer::toHexString).toList());
    assertThat(seen).hasSameSizeAs(QuirkyFilm.PATCHES);
    for (int i = 0; i < seen.size(); i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        int drawn = QuirkyFilm.PATCHES.get(i) >> shift & 0xff;
        assertThat(seen.get(i) >> shift & 0xff)
            .as("player %d, patch %d", player, i)
            .isBetween(drawn - COLOUR_TOLERANCE, drawn + COLOUR_TOLERANCE);
      }
    }
  }

  private String camera(QuirkyFilm film) throws Exception {
    String terminal = "1370000000" + (1 + cameras.size());
    Path file = film.write(directory.resolve(terminal));
    cameras.add(
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, terminal, 1)
                .with(
                    new Source.Replayed(file, 1, Source.Ids.OF_TERMINAL, Source.Rounds.ENDLESS))));
    return terminal + "-1";
  }
}
