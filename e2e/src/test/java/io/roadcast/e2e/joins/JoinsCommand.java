package io.roadcast.e2e.joins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roadcast.bench.viewer.LoadPlan;
import io.roadcast.bench.viewer.LoadRun;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.WhepClient;
import io.roadcast.e2e.ServerProcess;
import io.roadcast.e2e.browser.Browser;
import io.roadcast.e2e.joins.Cases.Case;
import io.roadcast.e2e.joins.MediaRelay.Way;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
  private static final Duration PREPARATION = Duration.ofMillis(150);
  private static final int WARM_UPS = 3;
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
    Path data = Files.createTempDirectory("roadcast-joins-");
    try (ServerProcess server = ServerProcess.start(data, settings);
        Browser browser = Browser.start()) {
      for (int i = 0; i < cases.size(); i++) {
        Case each = cases.get(i);
        Film film = films.get(each.film().name());
        if (film != null) {
          Series series =
              measure(each, film, server, browser, mediaPort, "1380000%04d".formatted(i));
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

  private Series measure(
      Case each, Film film, ServerProcess server, Browser browser, int mediaPort, String terminal)
      throws Exception {
    List<Join> all = new ArrayList<>();
    String stream = terminal + "-1";
    try (FilmCamera camera =
            FilmCamera.start(film, each.sound(), "127.0.0.1", server.jt1078Port(), terminal);
        MediaRelay relay = MediaRelay.start(each.way(), mediaPort)) {
      while (camera.sent() < Math.max(3 * Film.FRAME_RATE, film.kind().gopPictures() + 5)) {
        Thread.sleep(20);
      }
      warm(server, stream);
      openPage(each, server, browser, relay);
      int count = joins > 0 ? joins : each.joins();
      List<Double> parts = parts(count);
      for (int i = 0; i < WARM_UPS; i++) {
        join(each, camera, browser, stream, soonest(parts, camera), 500);
      }
      while (!parts.isEmpty()) {
        double next = soonest(parts, camera);
        parts.remove(next);
        all.addAll(join(each, camera, browser, stream, next, each.viewMillis()));
      }
    }
    return new Series(each.name(), all);
  }

  /** A server that has been at work for a while; only before the first case. */
  private void warm(ServerProcess server, String stream) throws Exception {
    if (viewersBefore == 0) {
      return;
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      LoadPlan plan =
          new LoadPlan(
              List.of(() -> new WhepClient(http, server.whep(stream), null)),
              viewersBefore,
              Duration.ofMillis(60),
              Duration.ofMillis(200),
              LoadViewerOptions.defaults());
      LoadRun.run(plan, line -> System.err.println("before: " + line));
    }
    viewersBefore = 0;
  }

  /** Evenly spread over the group of pictures. */
  private static List<Double> parts(int count) {
    List<Double> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add((i + 0.5) / count);
    }
    return parts;
  }

  private static double soonest(List<Double> parts, FilmCamera camera) {
    return parts.stream()
        .min(Comparator.comparingDouble(part -> camera.momentOf(part, PREPARATION)))
        .orElseThrow();
  }

  /** A plain document of the server's origin, so that nothing but the player is in the page. */
  private static void openPage(Case each, ServerProcess server, Browser browser, MediaRelay relay) {
    browser.open(server.url() + "/player/roadcast-player.js");
    browser.load("join.js");
    browser.await(
        """
        document.body.replaceChildren();
        await import(location.origin + '/player/roadcast-player.js');
        if (arguments[0]) window.relayMedia(arguments[1], arguments[2]);
        return 1;
        """,
        each.way() != Way.CLEAN,
        relay.port(),
        each.way().delayMillis());
  }

  private static List<Join> join(
      Case each, FilmCamera camera, Browser browser, String stream, double part, int viewMillis) {
    double at = camera.momentOf(part, PREPARATION);
    Object told =
        browser.await(
            "return window.joinStream(arguments[0], arguments[1], arguments[2], arguments[3],"
                + " arguments[4]);",
            each.page().name().toLowerCase(Locale.ROOT),
            stream,
            each.viewers(),
            at,
            viewMillis);
    List<Join> joins = new ArrayList<>();
    for (JsonNode one : MAPPER.<JsonNode>valueToTree(told)) {
      joins.add(Join.of(one, camera));
    }
    return joins;
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }
}
