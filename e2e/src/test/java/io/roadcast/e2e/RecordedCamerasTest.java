package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.e2e.Captures.Capture;
import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.simulator.CaptureFeeder;
import io.roadcast.simulator.Simulation;
import io.roadcast.simulator.SimulationOptions;
import io.roadcast.simulator.Sound;
import io.roadcast.simulator.Source;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty simulated cameras and every recording of a real terminal at their own pace, recorded:
 * ffprobe finds in the files what was sent. {@code -Drecorded.seconds=N} changes the time. With
 * {@code -Drecorded.outages=N} they go encrypted to an object store; the database and then that are
 * away for N seconds each, and for as long the store is slow afterwards. {@code ./run soak} is this
 * for half an hour.
 */
@Tag("slow")
@Timeout(4000)
class RecordedCamerasTest {
  private static final Duration RECORDED =
      Duration.ofSeconds(Integer.getInteger("recorded.seconds", 120));
  private static final Duration SOON = Duration.ofSeconds(180);
  private static final Duration LOOKS = Duration.ofSeconds(1);
  private static final Duration LONGEST_CAPTURE = Duration.ofSeconds(260);

  private static final Duration OUTAGES =
      Duration.ofSeconds(Integer.getInteger("recorded.outages", 0));

  private static final int CAMERAS = 20;
  private static final int PICTURES_PER_SECOND = 15;

  /** The clock that frames are timed by has milliseconds. */
  private static final double FRAME_SECONDS = 1.0 / PICTURES_PER_SECOND + 0.002;

  @TempDir private Path directory;

  /** What ffprobe says of a file's pictures. */
  private record Probed(int pictures, double seconds) {}

  @Test
  void whatCamerasSendIsInTheFiles() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("recording.segment", RECORDED.toSeconds() > 600 ? "1m" : "10s");
    if (OUTAGES.isZero()) {
      record(
          settings,
          (server, cameras) -> {},
          server -> new KeptFiles(server, null).assertAsCatalogued());
      return;
    }
    try (RecordingOutages outages = new RecordingOutages(directory.resolve("s3"), OUTAGES)) {
      settings.putAll(outages.settings());
      record(
          settings,
          (server, cameras) -> outages.happen(server, () -> cameras.counters().videoFrames()),
          server -> new KeptFiles(server, outages.bucket()).assertAsCatalogued());
    }
  }

  /** What is done while they are recorded. */
  @FunctionalInterface
  private interface Meanwhile {
    void happens(RunningServer server, Simulation cameras) throws Exception;
  }

  /** What is done then. */
  @FunctionalInterface
  private interface Afterwards {
    void happens(RunningServer server) throws Exception;
  }

  private void record(Map<String, String> settings, Meanwhile meanwhile, Afterwards afterwards)
      throws Exception {
    try (RunningServer server = RunningServer.start(settings)) {
      List<CaptureFeeder> feeders = new ArrayList<>();
      SimulationOptions fleet =
          SimulationOptions.to("127.0.0.1", server.jt1078Port())
              .withFleet(CAMERAS, "13900003000", 1)
              .with(
                  new Source.Drawn(
                      352, 288, PICTURES_PER_SECOND, 2000, 300_000, 1, Sound.standard()));
      long sent;
      try (Simulation cameras = Simulation.start(fleet)) {
        long end = System.nanoTime() + RECORDED.toNanos();
        if (Files.exists(Captures.ALL.getFirst().file())) {
          for (Capture capture : Captures.ALL) {
            feeders.add(feed(server, capture));
          }
        } else {
          System.out.println("the recordings of real terminals are not here and left out");
        }
        for (CaptureFeeder feeder : feeders) {
          feeder.awaitEnd(LONGEST_CAPTURE);
        }
        meanwhile.happens(server, cameras);
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(100_000_000);
        }
        cameras.close();
        sent = cameras.counters().videoFrames();
      } finally {
        feeders.forEach(CaptureFeeder::close);
      }
      await()
          .atMost(SOON)
          .pollInterval(LOOKS)
          .untilAsserted(
              () -> assertThat(server.metric("roadcast_recorder_open_segments")).isZero());
      await()
          .atMost(SOON)
          .pollInterval(LOOKS)
          .untilAsserted(
              () -> {
                assertThat(server.metric("roadcast_recorder_catalog_behind")).isZero();
                assertThat(segments(server).toString()).doesNotContain("\"recording\"");
              });
      check(server, sent);
      afterwards.happens(server);
      assertThat(server.metric("roadcast_recorder_dropped_frames_total")).isZero();
      assertThat(server.metric("roadcast_recorder_damaged_frames_total")).isZero();
      assertThat(server.metric("roadcast_recorder_failures_total")).isZero();
    }
  }

  private static CaptureFeeder feed(RunningServer server, Capture capture) throws IOException {
    return CaptureFeeder.start(
        CaptureFeeder.Options.of(capture.file(), "127.0.0.1", server.jt1078Port())
            .withTerminal(capture.terminal())
            .withSeed(capture.pictures()));
  }

  private void check(RunningServer server, long sent) throws Exception {
    Map<String, List<JsonNode>> streams = new TreeMap<>();
    for (JsonNode segment : segments(server)) {
      streams
          .computeIfAbsent(segment.path("stream").asText(), name -> new ArrayList<>())
          .add(segment);
    }
    long recorded = 0;
    int files = 0;
    int pauses = 0;
    for (Map.Entry<String, List<JsonNode>> stream : streams.entrySet()) {
      boolean simulated = stream.getKey().startsWith("1390000");
      long pictures = 0;
      Instant end = null;
      for (JsonNode segment : stream.getValue()) {
        Probed probed = probe(server, segment);
        files++;
        assertThat(probed.pictures()).as("%s", segment).isEqualTo(segment.path("frames").asInt());
        pictures += probed.pictures();
        Instant from = Instant.parse(segment.path("from").asText());
        Instant to = Instant.parse(segment.path("to").asText());
        assertThat(probed.seconds() - Duration.between(from, to).toNanos() / 1e9)
            .as("duration of %s", segment)
            .isBetween(-FRAME_SECONDS, FRAME_SECONDS);
        if (simulated) {
          // Nothing is missing in them if all that was sent is there: the camera itself paused.
          pauses += segment.path("gaps").size();
          assertThat(segment.path("sound").asText()).as("%s", segment).isEqualTo("aac");
          if (end != null) {
            assertThat(Duration.between(end, from).abs().toNanos() / 1e9)
                .as("between the segments before %s", segment)
                .isLessThan(FRAME_SECONDS);
          }
          end = to;
        }
      }
      if (simulated) {
        recorded += pictures;
      } else {
        assertThat(pictures).as(stream.getKey()).isEqualTo(captured(stream.getKey()).pictures());
      }
    }
    System.out.printf(
        "recorded: %d segments of %d streams; simulated cameras sent %d pictures, %d are there,"
            + " %d lost; cameras paused %d times%n",
        files, streams.size(), sent, recorded, sent - recorded, pauses);
    assertThat(streams.keySet().stream().filter(name -> name.startsWith("1390000")))
        .hasSize(CAMERAS);
    assertThat(recorded).isEqualTo(sent);
  }

  private static Capture captured(String stream) {
    return Captures.ALL.stream()
        .filter(
            capture ->
                stream.equals(capture.terminal().replaceFirst("^0+", "") + "-" + capture.channel()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody sent " + stream));
  }

  /** All segments of the last day. */
  private static List<JsonNode> segments(RunningServer server) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = server.json("/api/v1/recordings?limit=500" + cursor);
      page.path("items").forEach(all::add);
      cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  private Probed probe(RunningServer server, JsonNode segment) throws Exception {
    String id = segment.path("id").asText();
    Path file = directory.resolve("segment.mp4");
    Files.deleteIfExists(file);
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create(server.url() + "/api/v1/recordings/" + id + "/file");
      assertThat(
              http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofFile(file))
                  .statusCode())
          .isEqualTo(200);
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(segment.path("sha256").asText())
        .as("%s", segment)
        .isEqualTo(HexFormat.of().formatHex(digest));
    ProcessBuilder builder =
        FfmpegTools.ffprobe(
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            "packet=pts_time,duration_time",
            "-of",
            "csv=p=0",
            file.toString());
    Process process = builder.redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(lines).as("what ffprobe says of %s", id).allMatch(line -> line.matches("[0-9.,]+"));
    String[] last = lines.getLast().split(",", -1);
    double begin = Double.parseDouble(lines.getFirst().split(",", -1)[0]);
    return new Probed(
        lines.size(), Double.parseDouble(last[0]) + Double.parseDouble(last[1]) - begin);
  }
}
