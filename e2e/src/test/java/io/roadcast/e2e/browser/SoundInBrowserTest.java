package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static final List<Sound> SOUNDS =
      List.of(
          sound("pcmu", Sound.Framing.HISILICON),
          sound("g726-16", Sound.Framing.PLAIN),
          sound("g726-24", Sound.Framing.HISILICON),
          sound("g726-24-be", Sound.Framing.PLAIN),
          sound("g726-32", Sound.Framing.PLAIN),
          sound("g726-40", Sound.Framing.PLAIN),
          sound("adpcm", Sound.Framing.PLAIN),
          sound("adpcm", Sound.Framing.HISILICON),
          sound("aac-16000", Sound.Framing.PLAIN),
          sound("aac-8000", Sound.Framing.RAW),
          sound("mp3-8000", Sound.Framing.PLAIN));

  private final List<Simulation> cameras = new ArrayList<>();
  private final Browser browser = Browser.start();
  private final PlayerPage page = new PlayerPage(browser);
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    server = RunningServer.start();
  }

  @AfterEach
  void stop() {
    cameras.forEach(Simulation::close);
    browser.close();
    server.close();
  }

  @Test
  void everyCodingIsHeardBesideItsPicture() throws Exception {
    List<String> streams = new ArrayList<>();
    for (int i = 0; i < SOUNDS.size(); i++) {
      String terminal = "137000000" + (10 + i);
      cameras.add(
          Simulation.start(
              SimulationOptions.to("127.0.0.1", server.jt1078Port())
                  .withFleet(1, terminal, 1)
                  .with(new Source.Drawn(320, 180, 10, 2000, 100_000, 1, SOUNDS.get(i)))));
      streams.add(terminal + "-1");
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
      await("the beep of " + SOUNDS.get(i))
          .atMost(SOON)
          .until(() -> page.heard(player, "peak880") > HEARD);
      assertThat(page.inboundNumber(i, "audio", "packetsLost")).isZero();
      assertThat(page.seen(i, "unreadable")).isZero();
    }
    for (int i = 0; i < streams.size(); i++) {
      int player = i;
      await("the sound of " + SOUNDS.get(i) + " beside its picture")
          .atMost(IN_STEP)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(latestOffset(player)).isBetween(-80.0, 80.0));
    }
    int transcoded = SOUNDS.size() - 1;
    assertThat(server.metric("roadcast_transcode_jobs"))
        .as("for those who listen, and for the recordings")
        .isEqualTo(2 * transcoded);
    assertThat(server.metric("roadcast_transcode_damaged_frames_total")).isZero();
    browser.open("about:blank");
    await().atMost(SOON).until(() -> server.metric("roadcast_transcode_jobs") == transcoded);
  }

  /** By how many ms the sound is late: the median of the latest seven beeps. */
  private double latestOffset(int player) {
    List<Double> offsets =
        page.beepsAfterFlashes(player).stream().map(Number::doubleValue).toList();
    assertThat(offsets).hasSizeGreaterThan(6);
    List<Double> latest = offsets.subList(offsets.size() - 7, offsets.size());
    System.out.println(SOUNDS.get(player) + ": beeps after flashes, ms: " + latest);
    return latest.stream().sorted().toList().get(3);
  }

  private static Sound sound(String coding, Sound.Framing framing) {
    return new Sound(SoundCoding.parse(coding), framing, 40);
  }
}
