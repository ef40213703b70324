package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.media.Codec;
import io.roadcast.simulator.PictureCoding;
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

/** Cameras whose pictures Chromium does not decode, or not in their order, and smaller pictures. */
@Tag("browser")
@Timeout(300)
class PicturesInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final PictureCoding B_FRAMES = new PictureCoding(Codec.H264, 2);

  private final List<Simulation> cameras = new ArrayList<>();
  private final Browser browser = Browser.start();
  private final PlayerPage page = new PlayerPage(browser);
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    server = RunningServer.start(Map.of("transcode.pictures", "2"));
  }

  @AfterEach
  void stop() {
    cameras.forEach(Simulation::close);
    browser.close();
    server.close();
  }

  @Test
  void everyPictureIsSeenInItsOrder() throws Exception {
    String newer = camera("13700000001", PictureCoding.H265);
    String reordered = camera("13700000002", B_FRAMES);
    String third = camera("13700000003", PictureCoding.H265);
    page.openPlayers(server.url(), List.of(newer, reordered));
    for (int i = 0; i < 2; i++) {
      page.awaitState(i, "live", SOON);
      page.watch(i, true);
    }
    for (int i = 0; i < 2; i++) {
      int player = i;
      await().atMost(SOON).until(() -> page.seen(player, "pictures") >= 60);
      assertThat(page.seen(player, "unreadable")).as("unreadable").isZero();
      assertThat(page.seen(player, "backwards")).as("backwards").isZero();
      assertThat(page.inboundNumber(player, "video", "packetsLost")).isZero();
      assertThat(page.inboundNumber(player, "audio", "packetsReceived")).as("sound").isPositive();
    }
    assertThat(server.metric("roadcast_picture_transcode_jobs")).isEqualTo(2);
    assertThat(server.metric("roadcast_picture_transcode_damaged_frames_total")).isZero();
    assertThat(server.metric("roadcast_picture_transcode_cpu_seconds_total")).isPositive();

    page.appendPlayers(List.of(third));
    await().atMost(SOON).until(() -> headline(2).equals("The server is busy"));
    assertThat(server.metric("roadcast_picture_transcode_refused_total")).isPositive();
    assertThat(page.state(0)).isEqualTo("live");
    assertThat(page.state(1)).isEqualTo("live");
    browser.open("about:blank");
    await().atMost(SOON).until(() -> server.metric("roadcast_picture_transcode_jobs") == 0);
  }

  @Test
  void smallerPicturesAreMadeOnRequest() throws Exception {
    String stream = camera("13700000004", PictureCoding.H264);
    page.openPlayers(server.url(), List.of(stream, stream));
    page.awaitState(0, "live", SOON);
    browser.run(
        "document.querySelectorAll('roadcast-player')[0].shadowRoot"
            + ".querySelector('[data-action=lower]').click()");
    await().atMost(SOON).until(() -> page.inboundNumber(0, "video", "frameWidth") == 640);
    assertThat(page.inboundNumber(0, "video", "frameHeight")).isEqualTo(360);
    page.awaitState(1, "live", SOON);
    assertThat(page.inboundNumber(1, "video", "frameWidth")).isEqualTo(960);
    page.watch(0, true);
    await().atMost(SOON).until(() -> page.seen(0, "pictures") >= 30);
    assertThat(page.seen(0, "backwards")).isZero();
    assertThat(server.metric("roadcast_picture_transcode_jobs")).isEqualTo(1);
  }

  private String headline(int player) {
    return browser.text(
        "return (document.querySelectorAll('roadcast-player')[arguments[0]].shadowRoot.querySelector('.headline').textContent)",
        player);
  }

  private String camera(String terminal, PictureCoding coding) throws Exception {
    boolean cheap = coding.codec() == Codec.H265;
    Source.Drawn picture =
        cheap
            ? new Source.Drawn(352, 288, 10, 2000, 400_000, 1, Sound.standard())
            : new Source.Drawn(960, 540, 10, 2000, 1_500_000, 1, Sound.standard());
    cameras.add(
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, terminal, 1)
                .with(picture.in(coding))));
    String stream = terminal + "-1";
    server.awaitPictures(stream, 10);
    return stream;
  }
}
