package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of the past is refused, and that places are given back. */
@Timeout(120)
class PlaybackLimitsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = "13900000080-1";
  private static final String WHEP = "/whep/" + STREAM;

  private static RunningServer server;
  private static Simulation camera;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(Map.of("recording.max-playbacks", "2"));
    http = new Http(server.url());
    camera =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, "13900000080", 1)
                .with(Witness.smallPicture()));
    server.awaitPictures(STREAM, 1);
    await().atMost(SOON).until(() -> server.metric("roadcast_recorder_frames_total") > 40);
  }

  @AfterAll
  static void stop() {
    if (camera != null) {
      camera.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void asManyAsMayBeAreShownRecordingsAndPlacesAreGivenBack() {
    String first = opened(WHEP + "?start=-1");
    String live = opened(WHEP);
    assertThat(order(live, "{\"action\":\"seek\",\"back_s\":1}").statusCode()).isEqualTo(200);
    HttpResponse<String> third = http.postSdp(WHEP + "?start=-1", Offers.small());
    assertThat(third.statusCode()).as(third.body()).isEqualTo(503);
    assertThat(Http.code(third)).isEqualTo("TOO_MANY_PLAYBACKS");
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    String another = opened(WHEP);
    HttpResponse<String> refused = order(another, "{\"action\":\"pause\"}");
    assertThat(Http.code(refused)).isEqualTo("TOO_MANY_PLAYBACKS");
    assertThat(Http.code(order(another, "{\"action\":\"speed\",\"speed\":2}")))
        .isEqualTo("PLAYBACK_NOT_ACTIVE");

    assertThat(order(live, "{\"action\":\"live\"}").statusCode()).isEqualTo(200);
    assertThat(http.delete(first).statusCode()).isEqualTo(200);
    await().atMost(SOON).until(() -> server.metric("roadcast_playbacks_active") == 0);
    assertThat(order(another, "{\"action\":\"pause\"}").statusCode()).isEqualTo(200);
    for (String session : new String[] {live, another}) {
      assertThat(http.delete(session).statusCode()).isEqualTo(200);
    }
    await().atMost(SOON).until(() -> server.metric("roadcast_playbacks_active") == 0);
    assertThat(server.metric("roadcast_playbacks_refused_total")).isEqualTo(2);
    await()
        .atMost(SOON)
        .until(() -> server.json("/api/v1/streams/" + STREAM).path("viewers").asInt() == 0);
    server.assertHealthy();
  }

  @Test
  void whatWasNeverRecordedIsNotThere() {
    assertThat(Http.code(http.postSdp("/whep/13900000081-1?start=-30", Offers.small())))
        .isEqualTo("RECORDING_NOT_FOUND");
    for (String start : new String[] {"soon", "-", "2999-01-01T00:00:00Z", "-1e9", "../-1"}) {
      HttpResponse<String> refused = http.postSdp(WHEP + "?start=" + start, Offers.small());
      assertThat(refused.statusCode()).as(start).isEqualTo(400);
    }
    assertThat(Http.code(http.postSdp(WHEP + "?start=-1", Offers.of("VP8/90000"))))
        .isEqualTo("CODEC_NOT_SUPPORTED");
    assertThat(server.metric("roadcast_playbacks_active")).as("given back").isZero();
  }

  @Test
  void tellsWhenThereArePictures() {
    String session = opened(WHEP);
    HttpResponse<String> answer = http.get(playback(session));
    JsonNode recorded = Http.json(answer.body()).path("recorded");
    assertThat(recorded).hasSize(1);
    assertThat(Instant.parse(recorded.get(0).path("from").asText())).isBefore(Instant.now());
    assertThat(http.get(playback(session) + "?from=2026-01-02T00:00:00Z").statusCode())
        .isEqualTo(400);
    for (String order :
        new String[] {
          "{}",
          "{\"action\":\"jump\"}",
          "{\"action\":\"seek\"}",
          "{\"action\":\"speed\",\"speed\":17}",
          "{\"action\":\"seek\",\"back_s\":-1}",
          "{\"action\":\"step\",\"direction\":\"up\"}"
        }) {
      assertThat(order(session, order).statusCode()).as(order).isEqualTo(400);
    }
    assertThat(http.delete(session).statusCode()).isEqualTo(200);
    assertThat(http.get(playback(session)).statusCode()).isEqualTo(404);
  }

  private static String opened(String path) {
    HttpResponse<String> answer = http.postSdp(path, Offers.small());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static HttpResponse<String> order(String session, String order) {
    return http.send("POST", playback(session), "application/json", BodyPublishers.ofString(order));
  }

  private static String playback(String session) {
    return "/api/v1/viewers/" + session.substring(session.lastIndexOf('/') + 1) + "/playback";
  }
}
