package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Camera, server A, WHEP client of server B, viewer. */
@Timeout(240)
class OtherServerTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CAMERA = "13900000090";

  @Test
  void aCameraOfOneServerIsWatchedOnAnotherAndComesBackWithItsServer() throws Exception {
    RunningServer first = RunningServer.start();
    int port = first.httpPort();
    String source = "yard-1=" + first.whep(CAMERA + "-1");
    Simulation camera = camera(first);
    try (RunningServer second = RunningServer.start(Map.of("sources.whep", source))) {
      second.awaitPictures("yard-1", 2);
      await().atMost(SOON).until(() -> state(second).equals("live"));
      assertThat(second.json("/api/v1/streams/yard-1").at("/source/protocol").asText())
          .isEqualTo("whep");
      try (NamedViewer viewer = NamedViewer.watch(second, "yard-1")) {
        await().atMost(SOON).until(() -> viewer.pictures() > 4 * Witness.FRAME_RATE);
        assertThat(viewer.statistics().video().orElseThrow().packets().lost()).isZero();
        await().atMost(SOON).until(() -> viewer.statistics().audio().isPresent());
        RunningServer watched = first;
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(way(watched))
                        .as("the other server is a viewer like others")
                        .isEqualTo("udp"));

        camera.close();
        first.close();
        await().atMost(SOON).until(() -> state(second).equals("waiting"));
        first = RunningServer.start(Map.of("http.port", Integer.toString(port)));
        camera = camera(first);
        long before = viewer.pictures();
        await().atMost(SOON).until(() -> state(second).equals("live"));
        await().atMost(SOON).until(() -> viewer.pictures() > before + 2 * Witness.FRAME_RATE);
        assertThat(viewer.statistics().video().orElseThrow().packets().lost()).isZero();
        assertThat(second.metric("roadcast_sources{state=\"live\"}")).isEqualTo(1);
        assertThat(second.metric("roadcast_source_attempts_total")).isGreaterThan(1);
      }
      assertThat(second.errors()).isEmpty();
    } finally {
      camera.close();
      first.close();
    }
  }

  private static String way(RunningServer server) {
    return server
        .json("/api/v1/streams/" + CAMERA + "-1/viewers")
        .at("/items/0/path/transport")
        .asText();
  }

  private static Simulation camera(RunningServer server) throws Exception {
    Simulation camera =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, CAMERA, 1)
                .with(Witness.smallPicture()));
    server.awaitPictures(CAMERA + "-1", 2);
    return camera;
  }

  private static String state(RunningServer server) {
    JsonNode source = server.json("/api/v1/sources").path("items").path(0);
    return source.path("state").asText();
  }
}
