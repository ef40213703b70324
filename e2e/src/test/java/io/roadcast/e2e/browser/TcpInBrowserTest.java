package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Chromium that can not reach the server by UDP, and one that can. */
@Tag("browser")
@Timeout(180)
class TcpInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TERMINAL = "13912340002";

  private static Browser browser;
  private static RunningServer server;
  private static Simulation simulation;
  private static PlayerPage page;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    server = RunningServer.start();
    simulation =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port()).withFleet(1, TERMINAL, 1));
    server.awaitPictures(TERMINAL + "-1", 10);
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
  void withoutUdpItConnectsByTcp() {
    page.open(server.url());
    browser.run(
        """
        const Connection = window.RTCPeerConnection;
        window.RTCPeerConnection = class extends Connection {
          setRemoteDescription({ type, sdp }) {
            return super.setRemoteDescription({ type, sdp: sdp.replace(/a=candidate:\\S+ 1 udp .*\\r\\n/g, '') });
          }
        };
        """);
    page.addPlayers(List.of(TERMINAL + "-1"));
    page.awaitState(0, "live", SOON);
    page.watch(0, false);
    await().atMost(SOON).until(() -> page.seen(0, "pictures") > 40);
    assertThat(page.localCandidate(0)).containsEntry("protocol", "tcp");
    assertThat(transport()).isEqualTo("tcp");
    assertThat(page.inboundNumber(0, "video", "packetsLost")).isZero();
    assertThat(server.metric("roadcast_viewer_connections_open")).isEqualTo(1);
    leave();
    await().atMost(SOON).until(() -> server.metric("roadcast_viewer_connections_open") == 0);
  }

  @Test
  void withUdpItPrefersThat() {
    page.openPlayers(server.url(), List.of(TERMINAL + "-1"));
    page.awaitState(0, "live", SOON);
    page.watch(0, false);
    await().atMost(SOON).until(() -> page.seen(0, "pictures") > 40);
    assertThat(page.localCandidate(0)).containsEntry("protocol", "udp");
    await().atMost(SOON).until(() -> transport().equals("udp"));
    leave();
  }

  private static String transport() {
    return server
        .json("/api/v1/streams/" + TERMINAL + "-1/viewers")
        .at("/items/0/path/transport")
        .asText();
  }

  private static void leave() {
    browser.open("about:blank");
    String viewers = "/api/v1/streams/" + TERMINAL + "-1/viewers";
    await().atMost(SOON).until(() -> server.json(viewers).path("items").isEmpty());
  }
}
