package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page that asks to be told when pictures were taken. */
@Tag("browser")
@Timeout(180)
class CaptureTimeInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STREAM = "13700000092-1";

  private static final String WATCH =
      """
      const uri = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';
      const pc = window.pc = new RTCPeerConnection();
      const picture = window.picture = pc.addTransceiver('video', { direction: 'recvonly' });
      const offered = picture.getHeaderExtensionsToNegotiate();
      offered.find((each) => each.uri === uri).direction = 'sendrecv';
      picture.setHeaderExtensionsToNegotiate(offered);
      const video = document.createElement('video');
      video.muted = true;
      video.autoplay = true;
      document.body.append(video);
      pc.addEventListener('track', ({ track }) => { video.srcObject = new MediaStream([track]); });
      await pc.setLocalDescription(await pc.createOffer());
      const response = await fetch('/whep/' + arguments[0], {
        method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: pc.localDescription.sdp,
      });
      const answer = await response.text();
      await pc.setRemoteDescription({ type: 'answer', sdp: answer });
      return String(pc.localDescription.sdp.includes(uri) && answer.includes(uri));
      """;

  private static final String RECEIVED =
      """
      const stats = [...(await pc.getStats()).values()].find((each) => each.type === 'inbound-rtp');
      const source = picture.receiver.getSynchronizationSources()[0];
      return [stats?.framesDecoded ?? 0, stats?.packetsLost ?? 0, source?.captureTimestamp ?? -1,
        Date.now() + 2208988800000].join(' ');
      """;

  @Test
  void picturesThatSayWhenTheyWereTakenAreShown() throws Exception {
    try (RunningServer server = RunningServer.start();
        Simulation camera =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078Port())
                    .withFleet(1, "13700000092", 1)
                    .with(new Source.Drawn(320, 240, 20, 2000, 200_000, 1, Sound.none())));
        Browser browser = Browser.start()) {
      server.awaitPictures(STREAM, 30);
      assertThat(camera).isNotNull();
      browser.open(server.url() + "/viewings.html");
      assertThat(browser.await(WATCH, STREAM)).as("offered and answered").isEqualTo("true");
      await().atMost(SOON).until(() -> received(browser)[0] > 100);
      double[] received = received(browser);
      assertThat(received[1]).as("lost packets").isZero();
      if (received[2] >= 0) { // not every Chromium tells pages
        assertThat(received[3] - received[2]).as("ms since it was taken").isBetween(-500.0, 5000.0);
      }
    }
  }

  private static double[] received(Browser browser) {
    String[] words = String.valueOf(browser.await(RECEIVED)).split(" ");
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }
}
