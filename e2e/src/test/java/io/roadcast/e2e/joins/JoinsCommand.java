package io.roadcast.e2e.joins;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roadcast.bench.viewer.LoadPlan;
import io.roadcast.bench.viewer.LoadRun;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.WhepClient;
import io.roadcast.e2e.ServerProcess;
import io.roadcast.e2e.joins.Cases.Case;
import io.roadcast.e2e.joins.FilmCamera.Sound;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./run bench joins}: a server in its own process, a film, a headless Chromium. */
@Command(
    name = "joins",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "How soon Chromium shows the present moment when it joins between two keyframes.",
      "Sets: first, intervals, pictures, waiting, sound, afterwards, together, network."
    })
public final class JoinsCommand implements Callable<Integer> {
  private static final String WARMING = "13700000000";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Parameters(arity = "1..*", description = "Sets of cases.")
  private List<String> sets = List.of();

  @Option(
      names = "--playout-delay",
      defaultValue = "lowest",
      description = "The server's webrtc.playout-delay (${DEFAULT-VALUE}).")
  private String playoutDelay = "";

  @Option(names = "--only", description = "Cases whose name contains this; may be given again.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--joins", description = "Joins of each case instead of the usual number.")
  private int joins;

  @Option(
      names = "--viewers-before",
      defaultValue = "150",
      description =
          "Load viewers that join before the first case, so that the server has its code compiled"
              + " (${DEFAULT-VALUE}).")
  private int viewersBefore;

  @Option(names = "--film-only", description = "Only encode the pictures; they are kept.")
  private boolean filmOnly;

  @Option(
      names = "--to",
      defaultValue = "target/joins",
      description = "Where films and results are kept (${DEFAULT-VALUE}).")
  private Path directory = Path.of("");

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    System.exit(new CommandLine(new JoinsCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    List<Case> cases = new ArrayList<>();
    for (String set : sets) {
      List<Case> known = Cases.sets().get(set);
      if (known == null) {
        throw new IllegalArgumentException("no set " + set + " among " + Cases.sets().keySet());
      }
      cases.addAll(known);
    }
    cases.removeIf(each -> !only.isEmpty() && only.stream().noneMatch(each.name()::contains));
    Map<String, Film> films = new HashMap<>();
    for (Case each : cases) {
      if (!films.containsKey(each.film().name())) {
        films.put(each.film().name(), FilmFile.of(each.film(), directory));
      }
    }
    if (!filmOnly) {
      measure(cases, films);
    }
    return 0;
  }

  private void measure(List<Case> cases, Map<String, Film> films) throws Exception {
    int mediaPort = freeUdpPort();
    Map<String, String> settings =
        Map.of("webrtc.port", Integer.toString(mediaPort), "webrtc.playout-delay", playoutDelay);
    Map<String, Object> results = new TreeMap<>();
    StringBuilder table = new StringBuilder(Series.HEADER);
    try (Rig rig = Rig.start(settings)) {
      ServerProcess server = rig.server();
      warm(server, films.values().iterator().next());
      SeriesRun run = new SeriesRun(server.url(), mediaPort, server.jt1078Port(), rig.browser());
      for (int i = 0; i < cases.size(); i++) {
        Case each = joins > 0 ? cases.get(i).joined(joins) : cases.get(i);
        Film film = films.get(each.film().name());
        if (film != null) {
          Series series = run.series(each, film, "1380000%04d".formatted(i));
          results.put(series.name(), series.joins());
          table.append(series.row());
          System.out.print(series.row());
        }
      }
      System.out.println("\nserver: " + server.delays());
    }
    String stem = String.join("-", sets) + "-" + playoutDelay;
    MAPPER.writeValue(directory.resolve(stem + ".json").toFile(), results);
    Files.writeString(directory.resolve(stem + ".md"), table);
  }

  /** A server that has been at work for a while. */
  private void warm(ServerProcess server, Film film) throws Exception {
    if (viewersBefore == 0) {
      return;
    }
    try (HttpClient http = HttpClient.newHttpClient();
        FilmCamera camera =
            FilmCamera.start(film, Sound.SILENT, "127.0.0.1", server.jt1078Port(), WARMING)) {
      camera.awaitGroupOfPictures();
      LoadPlan plan =
          new LoadPlan(
              List.of(() -> new WhepClient(http, server.whep(WARMING + "-1"), null)),
              viewersBefore,
              Duration.ofMillis(60),
              Duration.ofMillis(200),
              LoadViewerOptions.defaults());
      LoadRun.run(plan, line -> System.err.println("before: " + line));
    }
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }
}
