package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.bench.viewer.LoadViewer;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.LoadViewerState;
import io.roadcast.bench.viewer.LoadViewerStatistics;
import io.roadcast.bench.viewer.PacketStatistics;
import io.roadcast.bench.viewer.TrackStatistics;
import io.roadcast.bench.viewer.WhepException;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import io.roadcast.simulator.Transport;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How viewings begin, wait, go on and end. */
@Tag("slow")
@Timeout(120)
class LifecycleTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int GRACE_SECONDS = 4;

  private static RunningServer server;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.start(
            Map.of(
                "streams.grace", GRACE_SECONDS + "s",
                "streams.max", "6",
                "webrtc.max-viewers", "5",
                "webrtc.max-viewers-per-stream", "3",
                "webrtc.consent-timeout", "5s"));
    http = new Http(server.url());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aCameraThatComesBackWithinTheGraceTimeIsWatchedOn() throws Exception {
    try (Simulation camera = camera("13900000020");
        PushClient pushes = PushClient.connect(http.client(), server.wsUrl());
        NamedViewer watching = NamedViewer.watch(server, "13900000020-1")) {
      pushes.follow(watching.id());
      awaitPictures(watching, 15);
      TrackStatistics before = video(watching);

      camera.disconnect("13900000020");
      pushes.awaitNotice("stream_interrupted");
      assertThat(stream("13900000020-1").path("state").asText()).isEqualTo("interrupted");
      assertThat(watching.state()).isEqualTo(LoadViewerState.CONNECTED);

      camera.reconnect("13900000020");
      pushes.awaitNotice("stream_resumed");
      awaitPictures(watching, 30);
      TrackStatistics after = video(watching);
      assertThat(after.ssrc()).isEqualTo(before.ssrc());
      assertThat(after.packets().gaps()).isZero();
      assertThat(after.frames().damaged()).isZero();
      assertThat(stream("13900000020-1").path("state").asText()).isEqualTo("live");
    }
  }

  @Test
  void aSecondConnectionTakesTheStreamOverAndItsViewerStays() throws Exception {
    SimulationOptions older =
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, "13900000047", 1)
            .with(Transport.UDP)
            .with(Witness.smallPicture());
    try (Simulation first = Simulation.start(older);
        NamedViewer watching = watchWhenThere("13900000047-1")) {
      awaitPictures(watching, 15);
      int ssrc = video(watching).ssrc();
      try (Simulation second = Simulation.start(older.with(Transport.TCP))) {
        await()
            .atMost(SOON)
            .until(
                () -> {
                  JsonNode source = stream("13900000047-1").path("source");
                  return source.path("transport").asText().equals("tcp");
                });
        awaitPictures(watching, 45);
        assertThat(first.isRunning() && second.isRunning()).isTrue();
        assertThat(video(watching).ssrc()).isEqualTo(ssrc);
        assertThat(video(watching).packets().gaps()).isZero();
        assertThat(video(watching).frames().damaged()).isZero();
        assertThat(
                server
                    .metric()
                    .sum("roadcast_ingest_dropped_total", "reason=\"superseded_channel\""))
            .isPositive();
      }
    }
  }

  @Test
  void aCameraThatStaysAwayEndsItsViewings() throws Exception {
    try (Simulation camera = camera("13900000021");
        PushClient pushes = PushClient.connect(http.client(), server.wsUrl());
        NamedViewer watching = NamedViewer.watch(server, "13900000021-1")) {
      pushes.follow(watching.id());
      awaitPictures(watching, 5);
      camera.disconnect("13900000021");
      pushes.awaitNotice("stream_interrupted");
      JsonNode stopped =
          pushes.await("stream.stopped", ofStream("stream.stopped", "13900000021-1"));
      assertThat(stopped.path("stream").path("viewers").isNumber()).isTrue();
      await().atMost(SOON).until(() -> watching.state() == LoadViewerState.CLOSED_BY_SERVER);
      assertThat(watching.statistics().transport().byes()).isPositive();
      assertThat(Http.code(http.get("/api/v1/streams/13900000021-1")))
          .isEqualTo("STREAM_NOT_FOUND");
      assertThat(http.delete(watching.session()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whoIsAskedToLeaveIsToldAndGoneAtOnce() throws Exception {
    try (Simulation camera = camera("13900000022");
        PushClient pushes = PushClient.connect(http.client(), server.wsUrl());
        NamedViewer watching = NamedViewer.watch(server, "13900000022-1")) {
      assertThat(camera.isRunning()).isTrue();
      pushes.follow(watching.id());
      awaitPictures(watching, 5);
      String list = http.get("/api/v1/streams/13900000022-1/viewers").body();
      assertThat(Http.json(list).path("items").path(0).path("id").asText())
          .isEqualTo(watching.id());

      assertThat(http.delete("/api/v1/viewers/" + watching.id()).statusCode()).isEqualTo(204);
      pushes.awaitNotice("kicked");
      await().atMost(SOON).until(() -> watching.state() == LoadViewerState.CLOSED_BY_SERVER);
      assertThat(watching.statistics().transport().byes()).isPositive();
      assertThat(Http.code(http.delete("/api/v1/viewers/" + watching.id())))
          .isEqualTo("VIEWER_NOT_FOUND");
    }
  }

  @Test
  void oneViewerTooManyOfAStreamIsToldWhenToComeAgain() throws Exception {
    try (Simulation camera = camera("13900000023");
        NamedViewer first = NamedViewer.watch(server, "13900000023-1");
        NamedViewer second = NamedViewer.watch(server, "13900000023-1");
        NamedViewer third = NamedViewer.watch(server, "13900000023-1")) {
      assertThat(camera.isRunning()).isTrue();
      assertRefused("13900000023-1", "STREAM_VIEWERS_FULL");
      second.close();
      await().atMost(SOON).until(() -> stream("13900000023-1").path("viewers").asInt() == 2);
      try (NamedViewer again = NamedViewer.watch(server, "13900000023-1")) {
        awaitPictures(again, 5);
      }
      awaitPictures(first, 1);
      awaitPictures(third, 1);
    }
  }

  @Test
  void oneViewerTooManyInAllIsToldWhenToComeAgain() throws Exception {
    try (Simulation camera =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078Port())
                    .withFleet(2, "13900000024", 1)
                    .with(Witness.smallPicture()));
        NamedViewer one = watchWhenThere("13900000024-1");
        NamedViewer two = watchWhenThere("13900000024-1");
        NamedViewer three = watchWhenThere("13900000024-1");
        NamedViewer four = watchWhenThere("13900000025-1");
        NamedViewer five = watchWhenThere("13900000025-1")) {
      assertThat(camera.isRunning()).isTrue();
      assertRefused("13900000025-1", "TOO_MANY_VIEWERS");
      for (NamedViewer each : new NamedViewer[] {one, two, three, four, five}) {
        awaitPictures(each, 5);
      }
    }
  }

  @Test
  void oneStreamTooManyIsRefusedWithoutHarmToTheOthers() throws Exception {
    try (Simulation fleet =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(8, "13900000030", 1)
                .with(Witness.smallPicture()))) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  server.metric().sum("roadcast_ingest_dropped_total", "reason=\"refused_stream\"")
                      > 0);
      assertThat(Http.json(http.get("/api/v1/streams").body()).path("items").size()).isEqualTo(6);
      assertThat(fleet.isRunning()).isTrue();
    }
    server.awaitStreams(0);
  }

  @Test
  void aViewerThatConsentsNoMoreIsRemoved() throws Exception {
    try (Simulation camera = camera("13900000040");
        NamedViewer watching = NamedViewer.watch(server, "13900000040-1")) {
      assertThat(camera.isRunning()).isTrue();
      awaitPictures(watching, 5);
      watching.viewer().stopConsent();
      await().atMost(SOON).until(() -> stream("13900000040-1").path("viewers").asInt() == 0);
    }
  }

  @Test
  void aViewerThatGoesOnFromAnotherAddressSeesEveryPicture() throws Exception {
    try (Simulation camera = camera("13900000041");
        NamedViewer watching = NamedViewer.watch(server, "13900000041-1")) {
      assertThat(camera.isRunning()).isTrue();
      awaitPictures(watching, 5);
      watching.viewer().changeLocalPort();
      awaitPictures(watching, 30);
      await().atMost(SOON).until(() -> video(watching).packets().missing() == 0);
      assertThat(video(watching).packets().lost()).isZero();
    }
  }

  @Test
  void lostPacketsAreSentAgainJustAsTheyWere() throws Exception {
    try (Simulation camera = camera("13900000042");
        NamedViewer watching = NamedViewer.watch(server, "13900000042-1")) {
      assertThat(camera.isRunning()).isTrue();
      awaitPictures(watching, 5);
      watching.viewer().dropping(0.05, 42);
      awaitPictures(watching, 150);
      watching.viewer().dropping(0, 0);
      await().atMost(SOON).until(() -> video(watching).packets().missing() == 0);
      PacketStatistics packets = video(watching).packets();
      assertThat(packets.droppedOnPurpose()).isPositive();
      assertThat(packets.repaired()).isEqualTo(packets.droppedOnPurpose());
      assertThat(packets.lost()).isZero();
      assertThat(packets.wrongRepairs()).isZero();
      assertThat(video(watching).frames().damaged()).isZero();
    }
  }

  @Test
  void aRequestForAPictureIsAnsweredFromTheWindow() throws Exception {
    Source longGop = new Source.Drawn(320, 180, 15, 60_000, 300_000, 1, Sound.none());
    try (Simulation camera =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078Port())
                    .withFleet(1, "13900000043", 1)
                    .with(longGop));
        NamedViewer watching = watchWhenThere("13900000043-1")) {
      assertThat(camera.isRunning()).isTrue();
      awaitPictures(watching, 30);
      long before = video(watching).frames().keyframes();
      assertThat(before).isEqualTo(1);
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(1200)) // more often is not answered
          .until(
              () -> {
                watching.viewer().requestKeyframe();
                return video(watching).frames().keyframes() > before;
              });
      awaitPictures(watching, 15);
      assertThat(video(watching).packets().gaps()).isZero();
      assertThat(video(watching).frames().damaged()).isZero();
      assertThat(camera.counters().keyframes()).isEqualTo(1);
    }
  }

  @Test
  void mainAndSubStreamOfATerminalAreWatchedSideBySide() throws Exception {
    Source small = new Source.Drawn(160, 96, 10, 1000, 80_000, 1, Sound.none());
    try (Simulation main = camera("13900000044");
        Simulation sub =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078SubPort())
                    .withFleet(1, "13900000044", 1)
                    .with(small));
        NamedViewer large = watchWhenThere("13900000044-1");
        NamedViewer little = watchWhenThere("13900000044-1?quality=sub")) {
      assertThat(main.isRunning() && sub.isRunning()).isTrue();
      awaitPictures(large, 10);
      awaitPictures(little, 10);
      assertThat(stream("13900000044-1").path("video").path("width").asInt()).isEqualTo(320);
      JsonNode other = stream("13900000044-1?quality=sub");
      assertThat(other.path("video").path("width").asInt()).isEqualTo(160);
      assertThat(other.path("quality").asText()).isEqualTo("sub");
    }
  }

  @Test
  void channelsThatShareAConnectionAreStreamsOfTheirOwn() throws Exception {
    try (Simulation camera =
            Simulation.start(
                SimulationOptions.to("127.0.0.1", server.jt1078Port())
                    .withFleet(1, "13900000045", 3)
                    .with(SimulationOptions.Connections.ONE_PER_TERMINAL)
                    .with(Witness.smallPicture()));
        NamedViewer one = watchWhenThere("13900000045-1");
        NamedViewer three = watchWhenThere("13900000045-3")) {
      assertThat(camera.counters().connects()).isEqualTo(1);
      awaitPictures(one, 15);
      awaitPictures(three, 15);
      assertThat(video(one).packets().gaps() + video(three).packets().gaps()).isZero();
    }
  }

  @Test
  void encryptedApiAndPushesWorkAsThePlainOnes() throws Exception {
    Http https = new Http(server.httpsUrl());
    try (Simulation camera = camera("13900000046");
        PushClient pushes = PushClient.connect(https.client(), server.wsUrl(server.httpsUrl()));
        NamedViewer watching =
            NamedViewer.watch(
                https.client(),
                URI.create(server.httpsUrl() + "/whep/13900000046-1"),
                LoadViewerOptions.defaults())) {
      assertThat(camera.isRunning()).isTrue();
      assertThat(pushes.awaitType("hello").path("server").asText()).isEqualTo("roadcast");
      awaitPictures(watching, 5);
      assertThat(https.get("/api/v1/streams/13900000046-1").statusCode()).isEqualTo(200);
    }
  }

  private static Simulation camera(String terminal) throws Exception {
    Simulation simulation =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, terminal, 1)
                .with(Witness.smallPicture()));
    server.awaitPictures(terminal + "-1", 1);
    return simulation;
  }

  private static NamedViewer watchWhenThere(String stream) throws Exception {
    server.awaitPictures(stream, 1);
    return NamedViewer.watch(server, stream);
  }

  private static void assertRefused(String stream, String code) {
    assertThatThrownBy(() -> LoadViewer.connect(server.whep(stream), LoadViewerOptions.defaults()))
        .isInstanceOfSatisfying(
            WhepException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(503);
              assertThat(Http.json(refused.body()).path("code").asText()).isEqualTo(code);
            });
    HttpResponse<String> refused = http.postSdp("/whep/" + stream, Offers.small());
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }

  private static Predicate<JsonNode> ofStream(String type, String id) {
    return message ->
        message.path("type").asText().equals(type)
            && message.path("stream").path("id").asText().equals(id);
  }

  private static JsonNode stream(String id) {
    return http.json(http.get("/api/v1/streams/" + id), 200);
  }

  private static void awaitPictures(NamedViewer viewer, int more) {
    long from = viewer.pictures();
    await().atMost(SOON).until(() -> viewer.pictures() >= from + more);
  }

  private static TrackStatistics video(NamedViewer viewer) {
    LoadViewerStatistics statistics = viewer.statistics();
    return statistics.video().orElseThrow();
  }
}
