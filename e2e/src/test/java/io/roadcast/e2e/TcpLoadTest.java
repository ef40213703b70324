package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.bench.viewer.LoadViewer;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.LoadViewerStatistics;
import io.roadcast.bench.viewer.ViewerLoop;
import io.roadcast.bench.viewer.WhepClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Twenty viewers by TCP beside one by UDP: nobody loses anything. */
@Tag("load")
@Timeout(120)
class TcpLoadTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int VIEWERS = 20;
  private static final int PICTURES = 60;

  @Test
  void twentyViewersByTcpSeeEverything() throws Exception {
    List<LoadViewer> viewers = new ArrayList<>();
    List<TcpTunnel> tunnels = new ArrayList<>();
    try (RunningServer server = RunningServer.start();
        Witness witness = Witness.start(server, "13900000012");
        HttpClient http = HttpClient.newHttpClient();
        ViewerLoop loop = ViewerLoop.start()) {
      for (int i = 0; i < VIEWERS; i++) {
        WhepClient whep = new WhepClient(http, server.whep(witness.stream()), null);
        TcpTunnel tunnel = new TcpTunnel(whep, server.webrtcPort());
        tunnels.add(tunnel);
        viewers.add(LoadViewer.connect(loop, tunnel, LoadViewerOptions.defaults()));
      }
      await()
          .atMost(SOON)
          .until(() -> viewers.stream().allMatch(each -> pictures(each) >= PICTURES));

      assertThat(viewers).allSatisfy(TcpLoadTest::assertComplete);
      assertThat(transports(server, witness.stream())).filteredOn("tcp"::equals).hasSize(VIEWERS);
      assertThat(server.metric("roadcast_viewer_connections_open")).isEqualTo(VIEWERS);
      witness.assertUndisturbed();
      viewers.forEach(LoadViewer::close);
      await().atMost(SOON).until(() -> server.metric("roadcast_viewer_connections_open") == 0);
      server.assertHealthy();
    } finally {
      for (TcpTunnel tunnel : tunnels) {
        tunnel.close();
      }
    }
  }

  private static long pictures(LoadViewer viewer) {
    return viewer.statistics().video().map(video -> video.frames().complete()).orElse(0L);
  }

  private static void assertComplete(LoadViewer viewer) {
    LoadViewerStatistics seen = viewer.statistics();
    assertThat(seen.lost()).as("lost packets").isZero();
    assertThat(seen.video().orElseThrow().frames().damaged()).as("damaged pictures").isZero();
    assertThat(seen.transport().unauthentic()).as("packets with a wrong tag").isZero();
  }

  private static List<String> transports(RunningServer server, String stream) {
    List<String> transports = new ArrayList<>();
    for (JsonNode viewer : server.json("/api/v1/streams/" + stream + "/viewers").path("items")) {
      transports.add(viewer.at("/path/transport").asText());
    }
    return transports;
  }
}
