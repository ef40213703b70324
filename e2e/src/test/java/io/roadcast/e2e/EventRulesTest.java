package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import io.roadcast.simulator.alarm.AlarmKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a rule to what happens on the road: the driver is told, the camera is recorded. */
@Timeout(180)
class EventRulesTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TERMINAL = "13912345678";
  private static final String RULES =
      """
      rules:
        - name: phones
          when: {type: dsm.phone, speed: {min: 0}}
          do: {severity: critical, notify: true, text: Put it down, record: {length: 10s}}
      """;

  @Test
  void theDriverIsToldAndTheCameraRecorded() throws Exception {
    try (RunningServer server = RunningServer.start();
        Simulation vehicle = vehicle(server)) {
      Http http = new Http(server.url());
      await()
          .atMost(SOON)
          .until(
              () ->
                  http.send(
                              "PUT",
                              "/api/v1/event-rules",
                              "application/yaml",
                              BodyPublishers.ofString(RULES))
                          .statusCode()
                      == 200);
      await().atMost(SOON).until(() -> vehicle.signalling().online() == 1);

      vehicle.raise(TERMINAL, AlarmKind.named(SafetyVariant.SU, "dsm.phone").orElseThrow());
      await().atMost(SOON).until(() -> items(server, "events").size() == 1);
      JsonNode event = items(server, "events").get(0);
      assertThat(event.path("severity").asText()).isEqualTo("critical");
      assertThat(event.path("attention").asBoolean()).isTrue();

      String commands = "terminals/" + TERMINAL + "/commands";
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(items(server, commands))
                      .anySatisfy(
                          each -> {
                            assertThat(each.path("type").asText()).isEqualTo("text");
                            assertThat(each.path("state").asText()).isEqualTo("acknowledged");
                          }));
      String recordings = "recordings?stream=" + TERMINAL + "-2";
      await().atMost(SOON).until(() -> !items(server, recordings).isEmpty());
      assertThat(server.errors()).isEmpty();
    }
  }

  private static JsonNode items(RunningServer server, String path) {
    return server.json("/api/v1/" + path).path("items");
  }

  private static Simulation vehicle(RunningServer server) throws Exception {
    return Simulation.start(
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, TERMINAL, 2)
            .with(new Source.Drawn(320, 240, 10, 1000, 200_000, 1, Sound.standard()))
            .with(
                Signalling.to("127.0.0.1", server.server().jt808Port())
                    .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(10))));
  }
}
