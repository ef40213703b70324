package io.roadcast.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.server.Server;
import io.roadcast.server.TestConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running server answers to Prometheus. */
@Timeout(60)
final class MetricsTest {
  @TempDir static Path directory;
  private static Server server;
  private static ExpositionText text;

  @BeforeAll
  static void scrape() throws Exception {
    server = Server.start(TestConfig.open(directory));
    get("/api/v1/streams");
    get("/api/v1/streams/13912345678-1");
    get("/nowhere/13912345678-1");
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    text = ExpositionText.parse(answer.body());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everySampleBelongsToADescribedMetricAndNoneComesTwice() {
    assertThat(text.problems()).isEmpty();
  }

  @Test
  void namesAreOursInSnakeCaseAndCountersEndInTotal() {
    List<String> ours =
        text.types().keySet().stream().filter(name -> name.startsWith("roadcast_")).toList();

    assertThat(ours).hasSizeGreaterThan(30).allMatch(name -> name.matches("roadcast(_[a-z0-9]+)+"));
    assertThat(ours)
        .filteredOn(name -> "counter".equals(text.types().get(name)))
        .allMatch(name -> name.endsWith("_total"));
  }

  @Test
  void delaysAreHistogramsWithBucketsInSeconds() {
    for (String name :
        List.of("roadcast_first_packet_delay_seconds", "roadcast_last_packet_delay_seconds")) {
      assertThat(text.types()).containsEntry(name, "histogram");
      assertThat(text.samples())
          .containsKey(name + "_bucket{frame=\"picture\",worker=\"0\",le=\"0.002\"}");
      assertThat(text.samples())
          .containsKey(name + "_bucket{frame=\"keyframe\",worker=\"0\",le=\"+Inf\"}");
      assertThat(text.samples())
          .containsKeys(
              name + "_sum{frame=\"sound\",worker=\"0\"}",
              name + "_count{frame=\"sound\",worker=\"0\"}");
    }
  }

  @Test
  void saysWhatOperatorsLookFor() {
    assertThat(text.samples())
        .containsKeys(
            "roadcast_streams{state=\"live\"}",
            "roadcast_viewers{state=\"connected\"}",
            "roadcast_ingest_packets_total{port=\"main\"}",
            "roadcast_ingest_timestamp_repairs_total{port=\"main\"}",
            "roadcast_ingest_dropped_total{port=\"main\",reason=\"damaged_frame\"}",
            "roadcast_sent_packets_total{worker=\"0\"}",
            "roadcast_retransmitted_packets_total{worker=\"0\"}",
            "roadcast_picture_requests_total{worker=\"0\"}",
            "roadcast_noise_datagrams_total{reason=\"not_ours\",worker=\"0\"}",
            "roadcast_worker_utilization_ratio{worker=\"0\"}",
            "roadcast_blocks_in_use",
            "jvm_threads_live_threads",
            "process_files_open_files");
    assertThat(text.types()).containsKeys("roadcast_build_info", "jvm_memory_used_bytes");
  }

  @Test
  void requestsAreCountedByRouteNotByPath() {
    String count = "roadcast_http_request_duration_seconds_count";

    Map<String, Double> samples = text.samples();

    assertThat(samples)
        .containsEntry(
            count + "{method=\"GET\",route=\"/api/v1/streams/{id}\",status=\"404\"}", 1.0);
    assertThat(samples.keySet()).noneMatch(name -> name.contains("13912345678"));
  }

  @Test
  void everyMetricOfOursIsExplainedToOperators() throws Exception {
    String page = Files.readString(operationsPage());

    assertThat(text.types().keySet())
        .filteredOn(name -> name.startsWith("roadcast_") && !name.endsWith("_max"))
        .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  /** Maven runs tests in the module's directory, other tools in the repository's. */
  private static Path operationsPage() {
    Path page = Path.of("docs", "operations.md");
    return Files.exists(page) ? page : Path.of("..").resolve(page);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
