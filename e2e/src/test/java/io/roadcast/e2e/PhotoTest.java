package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.simulator.Signalling;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A photo from the command over the terminal to the picture. */
@Timeout(180)
class PhotoTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static RunningServer server;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    http = new Http(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aPhotoThatIsOrderedIsThereAndIsTold(ProtocolVersion version) throws Exception {
    String phone = "139000009" + version.year() % 100;
    try (Simulation terminal = terminal(phone, version);
        PushClient pushes = PushClient.connect(HttpClient.newHttpClient(), server.wsUrl())) {
      HttpResponse<String> taken =
          http.send(
              "POST",
              "/api/v1/terminals/" + phone + "/commands",
              "application/json",
              BodyPublishers.ofString("{\"type\":\"photo\",\"channel\":1,\"resolution\":2}"));
      String command = http.json(taken, 202).path("id").asText();
      JsonNode told = pushes.awaitType("terminal.media").path("media");
      assertThat(told.path("terminal").asText()).isEqualTo(phone);
      String list = "/api/v1/terminals/" + phone + "/media?command=" + command;
      await().atMost(SOON).until(() -> Http.json(http.get(list).body()).path("items").size() == 1);
      JsonNode media = Http.json(http.get(list).body()).path("items").get(0);
      assertThat(media.path("id")).isEqualTo(told.path("id"));
      assertThat(media.path("event").asText()).isEqualTo("ordered");
      assertThat(media.has("position")).isEqualTo(version != ProtocolVersion.V2011);
      byte[] jpeg = content(media);
      assertThat(jpeg).hasSize(media.path("bytes").asInt());
      assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(640);
      assertThat(server.errors()).isEmpty();
    }
  }

  private static byte[] content(JsonNode media) throws Exception {
    URI at = URI.create(server.url() + media.path("content").asText());
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  private static Simulation terminal(String number, ProtocolVersion version) throws Exception {
    Simulation simulation =
        Simulation.start(
            SimulationOptions.to("127.0.0.1", server.jt1078Port())
                .withFleet(1, number, 1)
                .with(Witness.smallPicture())
                .with(Signalling.to("127.0.0.1", server.server().jt808Port()).with(version)));
    await().atMost(SOON).until(() -> simulation.signalling().online() == 1);
    await().atMost(SOON).until(() -> http.get("/api/v1/terminals/" + number).statusCode() == 200);
    return simulation;
  }
}
