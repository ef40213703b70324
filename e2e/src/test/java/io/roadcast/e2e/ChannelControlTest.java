package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.simulator.Behaviour;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A terminal that is told to pause, to go on and to send its other encoding. */
@Timeout(240)
class ChannelControlTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String PHONE = "13900000080";
  private static final String STREAM = PHONE + "-1";

  private RunningServer server;
  private Simulation terminal;
  private Http http;

  @BeforeEach
  void start() throws Exception {
    // A connection that is paused may be silent for longer than others.
    server = RunningServer.start(Map.of("live.grace", "1s", "jt1078.silent-timeout", "2s"));
    http = new Http(server.url());
    // Who comes before the database is there is not taken into the fleet until it comes again.
    await().atMost(SOON).until(() -> http.get("/api/v1/terminals").statusCode() == 200);
    terminal =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, PHONE, 1)
                .with(Witness.smallPicture())
                .with(Signalling.to("127.0.0.1", server.server().jt808Port())));
    await().atMost(SOON).until(() -> terminal.signalling().online() == 1);
    await().atMost(SOON).until(() -> http.get("/api/v1/terminals/" + PHONE).statusCode() == 200);
  }

  @AfterEach
  void stop() {
    terminal.close();
    server.close();
  }

  @Test
  void pausesResumesAndSwitches() throws Exception {
    assertThat(Http.code(control("{\"action\":\"pause\"}"))).isEqualTo("CHANNEL_NOT_LIVE");
    try (NamedViewer viewer = NamedViewer.watch(server, STREAM)) {
      await().atMost(SOON).until(() -> viewer.pictures() > 5);
      JsonNode paused = http.json(control("{\"action\":\"pause\"}"), 200);
      assertThat(paused.path("paused").asBoolean()).isTrue();
      assertThat(paused.path("state").asText()).isEqualTo("live");
      long before = awaitSilence(viewer, Duration.ofSeconds(3));
      assertThat(state().path("paused").asBoolean()).isTrue();

      assertThat(control("{\"action\":\"resume\"}").statusCode()).isEqualTo(200);
      await().atMost(SOON).until(() -> viewer.pictures() > before + 5);

      assertThat(width()).isEqualTo(320);
      http.json(control("{\"action\":\"switch\",\"to\":\"sub\"}"), 200);
      await().atMost(SOON).until(() -> width() == 160);
      http.json(control("{\"action\":\"switch\",\"to\":\"main\"}"), 200);
      await().atMost(SOON).until(() -> width() == 320);

      terminal.behave(PHONE, Behaviour.good().refusing(LiveControl.ID));
      assertThat(Http.code(control("{\"action\":\"pause\"}"))).isEqualTo("TERMINAL_REFUSED");
      assertThat(state().path("paused").asBoolean()).isFalse();
      terminal.behave(PHONE, Behaviour.good());
    }
    assertThat(terminal.signalling().liveRequests()).isEqualTo(1);
    assertThat(server.errors()).isEmpty();
  }

  @Test
  void pausesWhenAllViewersLookAway() throws Exception {
    try (PushClient pushes = PushClient.connect(HttpClient.newHttpClient(), server.wsUrl());
        NamedViewer one = NamedViewer.watch(server, STREAM);
        NamedViewer two = NamedViewer.watch(server, STREAM)) {
      await().atMost(SOON).until(() -> one.pictures() > 5 && two.pictures() > 5);
      say(pushes, "viewer.pause", one);
      say(pushes, "viewer.pause", two);
      pushes.await("paused", message -> message.at("/channel/paused").asBoolean());
      long before = awaitSilence(two, Duration.ofSeconds(3));
      say(pushes, "viewer.resume", two);
      await().atMost(SOON).until(() -> two.pictures() > before + 5);
    }
    await().atMost(SOON).until(() -> terminal.signalling().live() == 0);
    assertThat(terminal.signalling().liveRequests()).isEqualTo(1);
    assertThat(server.errors()).isEmpty();
  }

  private static void say(PushClient pushes, String what, NamedViewer viewer) {
    pushes.say("{\"type\":\"" + what + "\",\"viewer\":\"" + viewer.id() + "\"}");
  }

  /** Waits until no picture has come for a while; how many there were. */
  private static long awaitSilence(NamedViewer viewer, Duration time) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .atMost(SOON)
        .pollDelay(time)
        .pollInterval(time)
        .until(() -> last.getAndSet(viewer.pictures()) == viewer.pictures());
    return last.get();
  }

  private HttpResponse<String> control(String body) {
    String path = "/api/v1/terminals/" + PHONE + "/channels/1/control";
    return http.send("POST", path, "application/json", BodyPublishers.ofString(body));
  }

  private JsonNode state() {
    return http.json(http.get("/api/v1/terminals/" + PHONE + "/channels"), 200)
        .at("/items/0/streams/0");
  }

  private int width() {
    return http.json(http.get("/api/v1/streams/" + STREAM), 200).at("/video/width").asInt();
  }
}
