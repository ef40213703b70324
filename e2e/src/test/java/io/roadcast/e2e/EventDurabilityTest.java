package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.bench.terminal.PositionLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An alarm that was acknowledged is an event, once, whatever dies in between. */
@Tag("slow")
@Timeout(240)
class EventDurabilityTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int TERMINALS = 100;
  private static final int PER_SECOND = 1000;

  @TempDir Path directory;

  @Test
  void aServerThatIsKilledLosesNoAlarmAndMakesNoneTwo() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory, Map.of());
        PositionLoad load = PositionLoad.ofAlarms(server.jt808Port(), TERMINALS)) {
      load.connect();
      load.report(PER_SECOND, 2000);
      Thread killer = Thread.ofPlatform().start(server::kill);
      load.report(PER_SECOND, 300);
      killer.join();
      server.restart();
      load.connect();
      load.report(PER_SECOND, 2000);
      assertThat(load.awaitAnswers(SOON)).isTrue();
      Map<String, Integer> acknowledged = StoredPositions.acknowledged(load);
      assertThat(acknowledged).hasSize(4300);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(StoredPositions.events(server.database().address()))
                      .isEqualTo(acknowledged));
    }
  }
}
