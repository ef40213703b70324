package io.roadcast.bench.janus;

import io.roadcast.bench.child.ChildJava;
import io.roadcast.bench.child.FreePorts;
import io.roadcast.bench.child.ServerJars;
import io.roadcast.bench.feed.PictureSink;
import io.roadcast.bench.feed.TerminalFeed;
import io.roadcast.bench.viewer.OfferExchange;
import io.roadcast.bench.viewer.WhepClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged server, as {@code ./run server} starts it. */
final class RoadcastServer implements MeasuredServer {
  private static final int START_SECONDS = 60;

  private final ServerProcess process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int httpPort;
  private final int terminalPort;
  private InsideDelays delays = new InsideDelays(Map.of());

  private RoadcastServer(ServerProcess process, int httpPort, int terminalPort) {
    this.process = process;
    this.httpPort = httpPort;
    this.terminalPort = terminalPort;
  }

  /**
   * @param library the directory of its jars
   * @param directory for configuration, data and log
   * @param cores as taskset(1) takes them
   * @param options for its Java
   */
  static RoadcastServer start(Path library, Path directory, String cores, List<String> options)
      throws IOException, InterruptedException {
    int httpPort = FreePorts.both();
    int terminalPort = FreePorts.both();
    Path config = directory.resolve("roadcast.yaml");
    Files.writeString(
        config,
        """
        data-directory: %s
        open-access: true
        http:
          port: %d
        https:
          enabled: false
        whep:
          burst: 100000
          per-second: 100000
        webrtc:
          port: %d
          max-viewers: 5000
          max-viewers-per-stream: 5000
        jt1078:
          port: %d
          sub-port: 0
        """
            .formatted(directory.resolve("data"), httpPort, FreePorts.both(), terminalPort));
    List<String> java = new ArrayList<>(ServerJars.JAVA_OPTIONS);
    java.addAll(options);
    List<String> command = ChildJava.command(library + "/*", ServerJars.MAIN, java);
    command.addAll(List.of("server", "--config", config.toString()));
    ServerProcess process = ServerProcess.start(cores, directory.resolve("roadcast.log"), command);
    RoadcastServer server = new RoadcastServer(process, httpPort, terminalPort);
    server.awaitReady(directory);
    return server;
  }

  private void awaitReady(Path directory) throws IOException, InterruptedException {
    HttpRequest ready = HttpRequest.newBuilder(uri("/readyz")).build();
    for (int i = 0; i < 10 * START_SECONDS && process.isAlive(); i++) {
      try {
        if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    close();
    throw new IOException("the server did not start, see " + directory.resolve("roadcast.log"));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  @Override
  public String name() {
    return "roadcast";
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  @Override
  public OfferExchange exchange() {
    return new WhepClient(http, uri("/whep/" + TerminalFeed.STREAM), null);
  }

  @Override
  public String account() throws IOException, InterruptedException {
    HttpRequest metrics = HttpRequest.newBuilder(uri("/metrics")).build();
    InsideDelays now = InsideDelays.parse(http.send(metrics, BodyHandlers.ofString()).body());
    InsideDelays since = now.since(delays);
    delays = now;
    return since.text();
  }

  @Override
  public PictureSink openFeed() throws IOException {
    return new TerminalFeed(new InetSocketAddress(InetAddress.getLoopbackAddress(), terminalPort));
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
