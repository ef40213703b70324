package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cameras of every coding of sound, side by side in Chromium: it hears what they beep, in time. */
@Tag("browser")
@Timeout(300)
class SoundInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Duration IN_STEP = Duration.ofSeconds(90);
  private static final double HEARD = 0.02;

  private static final Duration BESIDE = Duration.ofMillis(80);
  private static final int BLOCK_MILLIS = 40;

  /** Nothing shows where these begin in a byte, or what it is at all. */
  private static final String REORDERED = "g726-32-be";

  private static final String WRONGLY_STATED = "g726-24-as-pcma";

  private static final List<String> G726 =
      List.of(
          "g726-16", "g726-24-hisi", "g726-24-be", "g726-32", "g726-40", REORDERED, WRONGLY_STATED);
  private static final List<String> OTHERS =
      List.of(
          "pcmu-hisi",
          "adpcm",
          "adpcm-hisi",
          "adpcm-as-pcma",
          "aac-16000",
          "aac-8000-raw",
          "mp3-8000",
          "amr");

  private final List<Simulation> cameras = new ArrayList<>();
  private final Browser browser = Browser.start();
  private final PlayerPage page = new PlayerPage(browser);
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    String known = terminal(REORDERED) + "=g726-32-be, " + terminal(WRONGLY_STATED) + "=g726-24";
    server = RunningServer.start(Map.of("transcode.sounds", known));
  }

  @AfterEach
  void stop() {
    cameras.forEach(Simulation::close);
    browser.close();
    server.close();
  }

  @Test
  void everyCodingButG726IsHeardBesideItsPicture() throws Exception {
    assertHeard(OTHERS);
  }

  @Test
  void everyRateOfG726IsHeardBesideItsPicture() throws Exception {
    assertHeard(G726);
  }

  private void assertHeard(List<String> sounds) throws Exception {
    List<String> streams = new ArrayList<>();
    for (String sound : sounds) {
      Sound coded = Sound.parse(sound, BLOCK_MILLIS);
      cameras.add(
          Simulation.start(
              SimulationOptions.to("127.0.0.1", server.jt1078Port())
                  .withFleet(1, terminal(sound), 1)
                  .with(new Source.Drawn(320, 180, 10, 2000, 100_000, 1, coded))));
      streams.add(terminal(sound) + "-1");
    }
    streams.forEach(stream -> server.awaitPictures(stream, 10));
    page.openPlayers(server.url(), streams);
    for (int i = 0; i < streams.size(); i++) {
      page.awaitState(i, "live", SOON);
      page.watch(i, true);
      page.listen(i);
    }
    for (int i = 0; i < streams.size(); i++) {
      int player = i;
      await("the beep of " + sounds.get(player))
          .atMost(SOON)
          .until(() -> page.heard(player, "peak880") > HEARD);
      assertThat(page.inboundNumber(i, "audio", "packetsLost")).isZero();
      assertThat(page.seen(i, "unreadable")).isZero();
    }
    for (int i = 0; i < streams.size(); i++) {
      int player = i;
      await("the sound of " + sounds.get(player) + " beside its picture")
          .atMost(IN_STEP)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertBeside(player, sounds.get(player)));
    }
    long transcoded = sounds.stream().filter(sound -> !sound.startsWith("pcm")).count();
    assertThat(server.metric("roadcast_transcode_jobs"))
        .as("for those who listen, and for the recordings")
        .isEqualTo(2.0 * transcoded);
    assertThat(server.metric("roadcast_transcode_damaged_frames_total")).isZero();
    browser.open("about:blank");
    await().atMost(SOON).until(() -> server.metric("roadcast_transcode_jobs") == transcoded);
  }

  /** The median of the latest seven beeps. */
  private void assertBeside(int player, String sound) {
    List<Double> offsets =
        page.beepsAfterFlashes(player).stream().map(Number::doubleValue).toList();
    assertThat(offsets).hasSizeGreaterThan(6);
    List<Double> latest = offsets.subList(offsets.size() - 7, offsets.size());
    double median = latest.stream().sorted().toList().get(3);
    System.out.printf("%s: beeps after flashes, median %.0f ms of %s%n", sound, median, latest);
    assertThat(Math.abs(median)).isLessThanOrEqualTo(BESIDE.toMillis());
  }

  private static String terminal(String sound) {
    boolean other = OTHERS.contains(sound);
    return "137000000" + (other ? 10 + OTHERS.indexOf(sound) : 30 + G726.indexOf(sound));
  }
}
