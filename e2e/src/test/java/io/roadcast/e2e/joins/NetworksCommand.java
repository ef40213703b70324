package io.roadcast.e2e.joins;

import io.roadcast.e2e.ServerProcess;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./run bench networks}: what comes to viewers over bad networks. */
@Command(
    name = "networks",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "What comes to viewers over bad networks: loss, delay, jitter, a blackout, narrow paths.",
      "A relay in this process stands for the network. Ends with 1 if a bound is broken."
    })
public final class NetworksCommand implements Callable<Integer> {
  @Option(names = "--only", description = "Cases whose name contains this; may be given again.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--viewer",
      description = "CHROMIUM or LOAD, the load viewer; both if not given. May be given again.")
  private Set<Watcher> viewers = EnumSet.allOf(Watcher.class);

  @Option(
      names = "--to",
      defaultValue = "target/networks",
      description = "Where films and the report are kept (${DEFAULT-VALUE}).")
  private Path directory = Path.of("");

  private enum Watcher {
    CHROMIUM,
    LOAD
  }

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    System.exit(new CommandLine(new NetworksCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    Film main = FilmFile.of(Cases.HD_4, directory);
    Film sub = FilmFile.of(Cases.CIF_4, directory);
    List<NetworkCase> cases =
        NetworkCase.all().stream()
            .filter(each -> only.isEmpty() || only.stream().anyMatch(each.name()::contains))
            .toList();
    StringBuilder report = new StringBuilder(NetworkView.HEADER);
    System.out.print(report);
    int mediaPort = freePort();
    int subPort = freePort();
    Map<String, String> settings =
        Map.of(
            "webrtc.port", Integer.toString(mediaPort),
            "jt1078.sub-port", Integer.toString(subPort));
    boolean held = true;
    try (Rig rig = Rig.start(settings)) {
      ServerProcess server = rig.server();
      NetworkRun run =
          new NetworkRun(server.url(), mediaPort, server.jt1078Port(), subPort, main, sub);
      int terminal = 13_900_000;
      for (NetworkCase each : cases) {
        for (Watcher viewer : viewers) {
          String camera = terminal++ + "000";
          NetworkView view =
              viewer == Watcher.LOAD
                  ? run.load(each, camera)
                  : run.view(each, rig.browser(), camera);
          held &= each.bounds().stream().allMatch(view::holds);
          String row = view.row(each, viewer.name().toLowerCase(Locale.ROOT));
          report.append(row);
          System.out.print(row);
        }
      }
    }
    Files.writeString(directory.resolve("report.md"), report);
    return held ? 0 : 1;
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }
}
