package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Chromium whose address changes while it watches, and one that reaches the server by IPv6. */
@Tag("browser")
@Timeout(180)
class RoamingInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = "13912340003-1";

  private static Browser browser;
  private static RunningServer server;
  private static Simulation simulation;
  private static PlayerPage page;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    server = RunningServer.start();
    simulation = Simulation.start(terminal(server, "127.0.0.1"));
    server.awaitPictures(STREAM, 10);
    page = new PlayerPage(browser);
  }

  @AfterAll
  static void stop() {
    if (simulation != null) {
      simulation.close();
    }
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void anotherAddressOfTheSameBrowserGoesOnWithoutSignalling() {
    try (NatBox nat = new NatBox(server.webrtcPort())) {
      page.open(server.url());
      behind(nat);
      page.addPlayers(List.of(STREAM));
      page.awaitState(0, "live", SOON);
      page.watch(0, false);
      await().atMost(SOON).until(() -> page.seen(0, "pictures") > 20);
      await().atMost(SOON).until(() -> remote(server).endsWith(":" + nat.outsidePort()));
      String viewer = viewer();
      for (int move = 0; move < 3; move++) {
        nat.rebind();
        // Chromium checks a way that works every 2.5 s, and may leave it for an ICE restart.
        await().atMost(SOON).until(() -> remote(server).endsWith(":" + nat.outsidePort()));
        double before = page.seen(0, "pictures");
        await().atMost(SOON).until(() -> page.seen(0, "pictures") > before + 20);
      }
      assertThat(viewer()).as("the very same viewer").isEqualTo(viewer);
      assertThat(page.state(0)).isEqualTo("live");
    }
    leave();
  }

  @Test
  void anIceRestartGoesOnWithTheSameMedia() {
    page.open(server.url());
    browser.await(
        """
        const { WhepSession } = await import(location.origin + '/player/whep-session.js');
        window.viewing = new WhepSession({ endpoint: location.origin + '/whep/' + arguments[0] });
        const connected = new Promise(done => viewing.addEventListener('connected', done, { once: true }));
        await viewing.open();
        await connected;
        return 1;
        """,
        STREAM);
    await().atMost(SOON).until(() -> decoded() > 20);
    String viewer = browser.text("return viewing.viewerId");
    String before = remote(server);

    browser.await("await viewing.restartIce(); return 1");

    await().atMost(SOON).until(() -> !remote(server).equals(before));
    double decoded = decoded();
    await().atMost(SOON).until(() -> decoded() > decoded + 40);
    assertThat(viewer()).isEqualTo(viewer);
    assertThat(browser.text("return viewing.peerConnection.connectionState"))
        .isEqualTo("connected");
    browser.run("viewing.close()");
    leave();
  }

  @Test
  void theServerIsReachedByIpv6() throws Exception {
    Map<String, String> settings = Map.of("bind-address", "::1");
    try (RunningServer six = RunningServer.start(settings);
        Simulation terminal = Simulation.start(terminal(six, "::1"))) {
      six.awaitPictures(STREAM, 10);
      page.openPlayers(six.url(), List.of(STREAM));
      page.awaitState(0, "live", SOON);
      page.watch(0, false);
      await().atMost(SOON).until(() -> page.seen(0, "pictures") > 20);
      await().atMost(SOON).until(() -> remote(six).startsWith("["));
      assertThat(page.localCandidate(0)).containsEntry("protocol", "udp");
      assertThat(terminal.isRunning()).isTrue();
      browser.open("about:blank");
    }
  }

  /** The page's connections go through the NAT, and by UDP. */
  private static void behind(NatBox nat) {
    browser.run(
        """
        const port = arguments[0];
        const Connection = window.RTCPeerConnection;
        window.RTCPeerConnection = class extends Connection {
          setRemoteDescription({ type, sdp }) {
            return super.setRemoteDescription({ type, sdp: sdp
              .replace(/a=candidate:\\S+ 1 tcp .*\\r\\n/g, '')
              .replace(/(a=candidate:\\S+ 1 udp \\d+ \\S+) \\d+/g, `$1 ${port}`) });
          }
        };
        """,
        nat.insidePort());
  }

  private static double decoded() {
    Object frames =
        browser.await(
            """
            const stats = await viewing.peerConnection.getStats();
            return [...stats.values()].find(s => s.type === 'inbound-rtp' && s.kind === 'video')?.framesDecoded ?? 0;
            """);
    return ((Number) frames).doubleValue();
  }

  private static String viewer() {
    return only(server).path("id").asText();
  }

  private static String remote(RunningServer of) {
    return only(of).at("/path/remote").asText();
  }

  private static JsonNode only(RunningServer of) {
    JsonNode viewers = of.json("/api/v1/streams/" + STREAM + "/viewers").path("items");
    assertThat(viewers).hasSize(1);
    assertThat(viewers.get(0).at("/path/transport").asText()).isEqualTo("udp");
    return viewers.get(0);
  }

  private static void leave() {
    browser.open("about:blank");
    await()
        .atMost(SOON)
        .until(() -> server.json("/api/v1/streams/" + STREAM + "/viewers").path("items").isEmpty());
  }

  private static SimulationOptions terminal(RunningServer of, String host) {
    String terminal = STREAM.substring(0, STREAM.indexOf('-'));
    return SimulationOptions.to(host, of.jt1078Port()).withFleet(1, terminal, 1);
  }
}
