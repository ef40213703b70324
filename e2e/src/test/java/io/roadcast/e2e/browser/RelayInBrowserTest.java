package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.e2e.Coturn;
import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Chromium that may use relays only, and coturn as it is configured for the product. */
@Tag("browser")
@Timeout(180)
class RelayInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TERMINAL = "13912340001";
  private static final String SECRET = "a secret of the tests";

  private static Coturn coturn;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    coturn = Coturn.start(SECRET);
  }

  @AfterAll
  static void stop() {
    if (coturn != null) {
      coturn.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp", "tls"})
  void theFirstAttemptGoesThroughTheRelay(String transport) throws Exception {
    String url =
        transport.equals("tls")
            ? "turns:localhost:" + coturn.tlsPort() + "?transport=tcp"
            : "turn:127.0.0.1:" + coturn.port() + "?transport=" + transport;
    Map<String, String> settings = Map.of("turn.urls", url, "turn.shared-secret", SECRET);
    try (RunningServer server = RunningServer.start(settings);
        Simulation simulation = Simulation.start(terminal(server))) {
      server.awaitPictures(TERMINAL + "-1", 10);
      PlayerPage page = new PlayerPage(browser);
      page.open(server.url());
      browser.run(
          """
          const Connection = window.RTCPeerConnection;
          window.RTCPeerConnection = class extends Connection {
            constructor(configuration) { super({ ...configuration, iceTransportPolicy: 'relay' }); }
          };
          """);
      page.addPlayers(List.of(TERMINAL + "-1"));

      page.awaitState(0, "live", SOON);
      page.watch(0, false);
      await().atMost(SOON).until(() -> page.seen(0, "pictures") > 20);
      assertThat(page.localCandidate(0))
          .containsEntry("candidateType", "relay")
          .containsEntry("relayProtocol", transport);
      await().atMost(SOON).until(() -> path(server).path("transport").asText().equals("relay"));
      assertThat(path(server).path("remote").asText()).matches("127\\.0\\.0\\.1:49[1-9][0-9]{2}");
      assertThat(page.state(0)).isEqualTo("live");
      assertThat(simulation.isRunning()).isTrue();
      browser.open("about:blank");
    }
  }

  private static JsonNode path(RunningServer server) {
    JsonNode viewers = server.json("/api/v1/streams/" + TERMINAL + "-1/viewers").path("items");
    assertThat(viewers).as("viewers; coturn's log is in target/coturn").hasSize(1);
    return viewers.get(0).path("path");
  }

  private static SimulationOptions terminal(RunningServer server) {
    return SimulationOptions.to("127.0.0.1", server.jt1078Port()).withFleet(1, TERMINAL, 1);
  }
}
