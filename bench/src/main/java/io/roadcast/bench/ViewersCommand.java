package io.roadcast.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roadcast.bench.viewer.LoadPlan;
import io.roadcast.bench.viewer.LoadReport;
import io.roadcast.bench.viewer.LoadRun;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.SrtpSuite;
import io.roadcast.bench.viewer.WhepClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./run bench viewers}: load viewers against any WHEP server. */
@Command(
    name = "viewers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Viewers that connect, decrypt and count, without decoding.",
      "Exit code 1 if a viewer failed or a packet was lost."
    })
final class ViewersCommand implements Callable<Integer> {
  enum Profile {
    GCM,
    CM,
    BOTH
  }

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--whep",
      required = true,
      description =
          "WHEP address of a stream, such as http://localhost:8080/whep/13912345678-1; with"
              + " --streams the part before the stream.")
  private @Nullable URI whep;

  @Option(names = "--streams", split = ",", description = "Streams to watch, separated by commas.")
  private List<String> streams = List.of();

  @Option(
      names = "--count",
      defaultValue = "1",
      description = "Viewers of each stream (${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "How long to measure once all have joined (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--stagger",
      defaultValue = "20",
      description = "Milliseconds between two joins (${DEFAULT-VALUE}).")
  private int stagger;

  @Option(names = "--token", description = "Bearer token.")
  private @Nullable String token;

  @Option(names = "--insecure", description = "Accept any certificate of the HTTPS server.")
  private boolean insecure;

  @Option(
      names = "--srtp",
      defaultValue = "BOTH",
      description = "SRTP profiles offered: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Profile profile = Profile.BOTH;

  @Option(names = "--no-nack", description = "Ask for nothing again: what is missing is lost.")
  private boolean withoutNack;

  @Option(names = "--feedback", description = "Report the arrival of each packet, as browsers do.")
  private boolean feedback;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = commandSpec().commandLine().getOut();
    PrintWriter progress = commandSpec().commandLine().getErr();
    LoadReport report = LoadRun.run(plan(), progress::println);
    out.println(json ? json(report) : report.text());
    out.flush();
    return report.clean() ? 0 : 1;
  }

  private LoadPlan plan() {
    if (count < 1 || seconds < 1 || stagger < 0) {
      throw new ParameterException(commandSpec().commandLine(), "counts and times are positive");
    }
    HttpClient http = insecure ? TrustingHttp.client() : HttpClient.newHttpClient();
    List<LoadPlan.Watched> watched =
        addresses().stream()
            .map(address -> (LoadPlan.Watched) () -> new WhepClient(http, address, token))
            .toList();
    return new LoadPlan(
        watched, count, Duration.ofMillis(stagger), Duration.ofSeconds(seconds), options());
  }

  private List<URI> addresses() {
    if (whep == null) {
      throw new IllegalStateException("--whep is required");
    }
    if (streams.isEmpty()) {
      return List.of(whep);
    }
    String base = whep.toString();
    String prefix = base.endsWith("/") ? base : base + "/";
    return streams.stream().map(stream -> URI.create(prefix + stream)).toList();
  }

  private LoadViewerOptions options() {
    LoadViewerOptions options =
        switch (profile) {
          case GCM -> LoadViewerOptions.defaults().withSuites(SrtpSuite.AEAD_AES_128_GCM);
          case CM -> LoadViewerOptions.defaults().withSuites(SrtpSuite.AES128_CM_HMAC_SHA1_80);
          case BOTH -> LoadViewerOptions.defaults();
        };
    LoadViewerOptions asking = withoutNack ? options.withoutNack() : options;
    return (feedback ? asking.withFeedback() : asking).withToken(token);
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("made by the command line only");
    }
    return spec;
  }

  private static String json(LoadReport report) throws JsonProcessingException {
    ObjectMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    return mapper.writeValueAsString(report);
  }
}
