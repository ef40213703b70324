package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.bench.viewer.LoadViewerState;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An end that nobody has to guess. */
@Timeout(60)
class ShutdownTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void viewersAndListenersAreToldThatTheServerStops() throws Exception {
    RunningServer server = RunningServer.start();
    try (Simulation camera =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078Port())
                    .withFleet(1, "13900000060", 1)
                    .with(Witness.smallPicture()));
        PushClient pushes = PushClient.connect(new Http(server.url()).client(), server.wsUrl())) {
      server.awaitPictures("13900000060-1", 1);
      try (NamedViewer watching = NamedViewer.watch(server, "13900000060-1")) {
        pushes.follow(watching.id());
        await().atMost(SOON).until(() -> watching.pictures() > 5);
        assertThat(server.errors()).isEmpty();

        long begun = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);

        assertThat(pushes.awaitNotice("server_stopping").path("viewer").asText())
            .isEqualTo(watching.id());
        assertThat(pushes.closeCode()).isEqualTo(1001);
        await().atMost(SOON).until(() -> watching.state() == LoadViewerState.CLOSED_BY_SERVER);
        assertThat(watching.statistics().transport().byes()).isPositive();
        assertThat(camera.isRunning()).isTrue();
      }
    }
  }
}
