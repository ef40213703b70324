package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.bench.viewer.WhepException;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A terminal that nobody knows, before a door that only known ones pass. */
@Timeout(240)
class AdoptionTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHONE = "13900000070";

  @Test
  void aStrangerIsRefusedListedAdoptedAndThenLive() throws Exception {
    try (RunningServer server = RunningServer.start(Map.of("jt808.admission", "known"));
        Simulation terminal = terminal(server)) {
      Http http = new Http(server.url());
      await().atMost(SOON).until(() -> unknown(http).size() == 1);
      JsonNode listed = unknown(http).path(0);
      assertThat(listed.path("phone").asText()).isEqualTo(PHONE);
      assertThat(listed.path("unknown").asBoolean()).isTrue();
      assertThat(listed.path("manufacturer").asText()).isEqualTo("RCAST");
      assertThat(terminal.signalling().online()).isZero();
      assertThat(terminal.signalling().registrations()).isZero();
      assertThatThrownBy(() -> NamedViewer.watch(server, PHONE + "-1").close())
          .isInstanceOfSatisfying(
              WhepException.class, refused -> assertThat(refused.status()).isEqualTo(404));

      String wish = "{\"plate\":\"TEST 70\"}";
      String path = "/api/v1/terminals/" + PHONE + "/adopt";
      JsonNode adopted =
          http.json(
              http.send("POST", path, "application/json", BodyPublishers.ofString(wish)), 200);
      assertThat(adopted.path("unknown").asBoolean()).isFalse();

      // It tries again by itself.
      await().atMost(SOON).until(() -> terminal.signalling().online() == 1);
      assertThat(terminal.signalling().registrations()).isEqualTo(1);
      await().atMost(SOON).until(() -> unknown(http).isEmpty());
      JsonNode shown = http.json(http.get("/api/v1/terminals/" + PHONE), 200);
      assertThat(shown.path("state").asText()).isEqualTo("online");
      assertThat(shown.path("vehicle").asText()).isNotEmpty();
      try (NamedViewer viewer = NamedViewer.watch(server, PHONE + "-1")) {
        await().atMost(SOON).until(() -> viewer.pictures() > 5);
        JsonNode channels = http.json(http.get("/api/v1/terminals/" + PHONE + "/channels"), 200);
        assertThat(channels.at("/items/0/state").asText()).isEqualTo("live");
        assertThat(channels.at("/items/0/streams/0/viewers").asInt()).isEqualTo(1);
        JsonNode usage = http.json(http.get("/api/v1/terminals/" + PHONE + "/usage"), 200);
        assertThat(usage.at("/channels/0/bytes").asLong()).isPositive();
      }
      assertThat(server.errors()).isEmpty();
    }
  }

  private static JsonNode unknown(Http http) {
    return http.json(http.get("/api/v1/terminals?unknown=true"), 200).path("items");
  }

  private static Simulation terminal(RunningServer server) throws Exception {
    return Simulation.start(
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, PHONE, 1)
            .with(Witness.smallPicture())
            .with(Signalling.to("127.0.0.1", server.server().jt808Port())));
  }
}
