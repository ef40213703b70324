package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A time with a gap, over several segments, asked for by HTTP while they are encrypted files here,
 * and when they are objects elsewhere: the same bytes, whole and in parts.
 */
@Tag("slow")
@Timeout(300)
class RecordedRangesTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final Duration GAP = Duration.ofSeconds(3);
  private static final Duration LOOKS = Duration.ofMillis(500);
  private static final String STREAM = "13912345678-1";
  private static final int PICTURES_PER_SECOND = 15;

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aRangeIsTheSameFromEncryptedFilesAndFromTheObjectStore() throws Exception {
    Duration soonMoved = Duration.ofSeconds(1);
    try (RecordingOutages store = new RecordingOutages(directory.resolve("s3"), soonMoved)) {
      Map<String, String> settings = new HashMap<>(store.settings());
      settings.put("recording.segment", "4s");
      try (RunningServer server = RunningServer.start(settings)) {
        store.goAway();
        long sent = send(server, 9);
        await().pollDelay(GAP).until(() -> true);
        sent += send(server, 4);
        await()
            .atMost(SOON)
            .pollInterval(LOOKS)
            .until(() -> segments(server).stream().allMatch(RecordedRangesTest::complete));
        List<JsonNode> segments = segments(server);
        assertThat(segments).noneMatch(RecordedRangesTest::elsewhere);
        assertThat(segments).hasSizeGreaterThan(2);
        assertThat(segments.stream().mapToLong(each -> each.path("frames").asLong()).sum())
            .isEqualTo(sent);
        String from = segments.getFirst().path("from").asText();
        String to = segments.getLast().path("to").asText();
        String path =
            "/api/v1/recordings/range.mp4?stream=" + STREAM + "&from=" + from + "&to=" + to;
        assertThat(spans(server, from, to)).as("times with pictures").isEqualTo(2);

        byte[] whole = bytes(server, path, 0, -1);
        assertParts(server, path, whole);
        store.comeBack();
        await()
            .atMost(SOON)
            .pollInterval(LOOKS)
            .until(() -> segments(server).stream().allMatch(RecordedRangesTest::elsewhere));
        assertThat(bytes(server, path, 0, -1)).isEqualTo(whole);
        assertParts(server, path, whole);
        new KeptFiles(server, store.bucket()).assertAsCatalogued();
      }
    }
  }

  /** One camera for so many seconds; returns its pictures. */
  private static long send(RunningServer server, int seconds) throws Exception {
    SimulationOptions options =
        SimulationOptions.to("127.0.0.1", server.jt1078Port())
            .withFleet(1, "13912345678", 1)
            .with(
                new Source.Drawn(
                    352, 288, PICTURES_PER_SECOND, 1000, 300_000, 1, Sound.standard()));
    try (Simulation camera = Simulation.start(options)) {
      long wanted = (long) seconds * PICTURES_PER_SECOND;
      await().atMost(SOON).until(() -> camera.counters().videoFrames() >= wanted);
      camera.close();
      return camera.counters().videoFrames();
    }
  }

  private void assertParts(RunningServer server, String path, byte[] whole) throws Exception {
    int length = whole.length;
    for (int[] part :
        new int[][] {
          {0, 1}, {500, 30_000}, {length / 2, length / 2 + 5000}, {length - 3000, length}
        }) {
      assertThat(bytes(server, path, part[0], part[1]))
          .isEqualTo(Arrays.copyOfRange(whole, part[0], part[1]));
    }
  }

  /**
   * @param end negative for all
   */
  private byte[] bytes(RunningServer server, String path, int first, int end) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (end >= 0) {
      request.header("Range", "bytes=" + first + "-" + (end - 1));
    }
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(end < 0 ? 200 : 206);
    return answer.body();
  }

  private static int spans(RunningServer server, String from, String to) {
    String time = "?stream=" + STREAM + "&from=" + from + "&to=" + to;
    return server.json("/api/v1/recordings/timeline" + time).at("/lines/0/spans").size();
  }

  private static List<JsonNode> segments(RunningServer server) {
    JsonNode items =
        server.json("/api/v1/recordings?stream=" + STREAM + "&limit=500").path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  private static boolean complete(JsonNode segment) {
    return segment.path("state").asText().equals("complete");
  }

  private static boolean elsewhere(JsonNode segment) {
    return segment.path("storage").asText().equals("object-store");
  }
}
