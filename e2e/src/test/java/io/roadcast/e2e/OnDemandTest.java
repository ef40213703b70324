package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.bench.viewer.WhepException;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.simulator.Behaviour;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terminals that send nothing until somebody watches. */
@Timeout(240)
class OnDemandTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.start(
            Map.of("live.grace", "2s", "live.media-timeout", "3s", "live.loss-notices", "1s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aTerminalSendsWhileSomebodyWatchesAndThenStops() throws Exception {
    try (Simulation terminal = terminal("13900000060");
        PushClient pushes = PushClient.connect(HttpClient.newHttpClient(), server.wsUrl())) {
      double asked = server.metric("roadcast_live_requests_total");
      double told = server.metric("roadcast_live_closes_total");
      assertThat(terminal.signalling().live()).isZero();
      try (NamedViewer first = NamedViewer.watch(server, "13900000060-1");
          NamedViewer second = NamedViewer.watch(server, "13900000060-1")) {
        await().atMost(SOON).until(() -> first.pictures() > 5 && second.pictures() > 5);
        assertThat(terminal.signalling().liveRequests()).isEqualTo(1);
        assertThat(terminal.signalling().live()).isEqualTo(1);
        assertThat(awaitState(pushes, "live").path("stream").asText()).isEqualTo("13900000060-1");
      }
      awaitState(pushes, "grace");
      awaitState(pushes, "idle");
      await().atMost(SOON).until(() -> terminal.signalling().live() == 0);
      assertThat(server.metric("roadcast_live_requests_total")).isEqualTo(asked + 1);
      assertThat(server.metric("roadcast_live_closes_total")).isEqualTo(told + 1);
      server.awaitStreams(0);
      // Once more, from the beginning.
      try (NamedViewer again = NamedViewer.watch(server, "13900000060-1")) {
        await().atMost(SOON).until(() -> again.pictures() > 5);
      }
      assertThat(terminal.signalling().liveRequests()).isEqualTo(2);
    }
  }

  @Test
  void mainAndSubStreamAreAskedForOnTheirOwnPorts() throws Exception {
    try (Simulation terminal = terminal("13900000061");
        NamedViewer main = NamedViewer.watch(server, "13900000061-1");
        NamedViewer sub = NamedViewer.watch(server, "13900000061-1?quality=sub")) {
      await().atMost(SOON).until(() -> main.pictures() > 5 && sub.pictures() > 5);
      assertThat(terminal.signalling().live()).isEqualTo(2);
    }
  }

  @Test
  void eachReasonWhyNothingComesIsSaid() throws Exception {
    try (Simulation terminal = terminal("13900000062")) {
      terminal.behave("13900000062", Behaviour.good().refusing(LiveRequest.ID));
      assertRefused("13900000062-1", 502, "TERMINAL_REFUSED");
      terminal.behave("13900000062", Behaviour.good().with(Behaviour.Media.SILENT));
      await().atMost(SOON).untilAsserted(() -> assertRefused("13900000062-1", 504, "NO_MEDIA"));
      terminal.disconnect("13900000062");
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(refusal("13900000062-2").status()).isEqualTo(404));
    }
    assertRefused("13900000069-1", 404, "STREAM_NOT_FOUND");
  }

  @Test
  void aStreamGoesOnWhenTheSignallingBreaks() throws Exception {
    try (Simulation terminal = terminal("13900000063");
        NamedViewer viewer = NamedViewer.watch(server, "13900000063-1")) {
      await().atMost(SOON).until(() -> viewer.pictures() > 5);
      terminal.breakConnection("13900000063");
      await().atMost(SOON).until(() -> terminal.signalling().authentications() >= 2);
      long before = viewer.pictures();
      await().atMost(SOON).until(() -> viewer.pictures() > before + 15);
      assertThat(viewer.statistics().video().orElseThrow().packets().lost()).isZero();
    }
    assertThat(server.errors()).isEmpty();
  }

  private static Simulation terminal(String number) throws Exception {
    Simulation simulation =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, number, 1)
                .with(Witness.smallPicture())
                .with(Signalling.to("127.0.0.1", server.server().jt808Port())));
    await().atMost(SOON).until(() -> simulation.signalling().online() == 1);
    return simulation;
  }

  private static JsonNode awaitState(PushClient pushes, String state) {
    return pushes
        .await(
            "channel.changed " + state,
            message -> message.at("/channel/state").asText().equals(state))
        .path("channel");
  }

  private static void assertRefused(String stream, int status, String code) {
    WhepException refused = refusal(stream);
    assertThat(Http.json(refused.body()).path("code").asText()).isEqualTo(code);
    assertThat(refused.status()).isEqualTo(status);
  }

  private static WhepException refusal(String stream) {
    try (NamedViewer unexpected = NamedViewer.watch(server, stream)) {
      throw new AssertionError(stream + " is watched by " + unexpected.id());
    } catch (WhepException refused) {
      return refused;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
