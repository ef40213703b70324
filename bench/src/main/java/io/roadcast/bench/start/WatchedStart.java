package io.roadcast.bench.start;

import io.roadcast.bench.child.ChildJava;
import io.roadcast.bench.child.FreePorts;
import io.roadcast.bench.child.ServerJars;
import io.roadcast.bench.feed.PictureFeed;
import io.roadcast.bench.feed.TerminalFeed;
import io.roadcast.bench.viewer.LoadPlan;
import io.roadcast.bench.viewer.LoadReport;
import io.roadcast.bench.viewer.LoadRun;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.WhepClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One start of the packaged server: a terminal sends as soon as it may, a viewer joins it. */
final class WatchedStart implements AutoCloseable {
  private static final int BITS_PER_SECOND = 2_000_000;
  private static final long LIMIT_NANOS = Duration.ofMinutes(1).toNanos();

  /** An AOT cache is made when the server ends. */
  private static final Duration END_LIMIT = Duration.ofMinutes(3);

  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration WATCHED = Duration.ofSeconds(1);

  private final Path log;
  private final int httpPort = FreePorts.both();
  private final int terminalPort = FreePorts.both();
  private final HttpClient http = HttpClient.newHttpClient();
  private final long began;
  private final Process process;

  /**
   * Starts it.
   *
   * @param directory for its data and its log
   * @param options for its Java
   */
  WatchedStart(Path jars, Path directory, List<String> options) throws IOException {
    List<String> java = new ArrayList<>(ServerJars.JAVA_OPTIONS);
    java.addAll(options);
    List<String> command = ChildJava.command(jars + "/*", ServerJars.MAIN, java);
    command.add("server");
    log = directory.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ROADCAST_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "ROADCAST_OPEN_ACCESS", "true",
                "ROADCAST_DATA_DIRECTORY", directory.resolve("data").toString(),
                "ROADCAST_HTTP_PORT", Integer.toString(httpPort),
                "ROADCAST_HTTPS_ENABLED", "false",
                "ROADCAST_WEBRTC_PORT", Integer.toString(FreePorts.both()),
                "ROADCAST_JT808_PORT", Integer.toString(FreePorts.both()),
                "ROADCAST_JT1078_PORT", Integer.toString(terminalPort),
                "ROADCAST_JT1078_SUB_PORT", "0",
                "ROADCAST_ATTACHMENT_PORT", "0"));
    began = System.nanoTime();
    process = builder.start();
    // Whoever interrupts the benchmark wants no server left behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /** Waits until all of it is there. */
  StartTimes await() throws IOException, InterruptedException {
    CompletableFuture<Double> stream = new CompletableFuture<>();
    CompletableFuture<Double> ready = new CompletableFuture<>();
    CompletableFuture<Double> database = new CompletableFuture<>();
    CompletableFuture<Double> packet = stream.thenApplyAsync(listed -> firstPacket());
    TerminalFeed terminal = connect();
    double port = seconds();
    try (PictureFeed feed = PictureFeed.start(terminal, BITS_PER_SECOND)) {
      while (!(ready.isDone() && packet.isDone() && database.isDone())) {
        look(ready, "/readyz", "");
        look(stream, "/api/v1/streams", TerminalFeed.STREAM);
        look(database, "/api/v1/vehicles", "");
        pause();
      }
      return new StartTimes(port, ready.join(), stream.join(), packet.join(), database.join());
    } catch (CompletionException | CancellationException failed) {
      throw new IOException("nothing came to the viewer:\n" + Files.readString(log), failed);
    }
  }

  private TerminalFeed connect() throws IOException, InterruptedException {
    while (true) {
      try {
        return new TerminalFeed(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), terminalPort));
      } catch (IOException notYet) {
        pause();
      }
    }
  }

  private void look(CompletableFuture<Double> there, String path, String sign)
      throws InterruptedException {
    if (there.isDone()) {
      return;
    }
    HttpRequest request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 200 && answer.body().contains(sign)) {
        there.complete(seconds());
      }
    } catch (IOException notYet) {
      // it does not listen yet
    }
  }

  private double firstPacket() {
    double joined = seconds();
    LoadPlan plan =
        new LoadPlan(
            List.of(() -> new WhepClient(http, uri("/whep/" + TerminalFeed.STREAM), null)),
            1,
            Duration.ZERO,
            WATCHED,
            LoadViewerOptions.defaults().onlyVideo());
    try {
      LoadReport report = LoadRun.run(plan, said -> {});
      if (!report.clean()) {
        throw new CompletionException(report.text(), null);
      }
      return joined + report.firstPacketMillis().median() / 1e3;
    } catch (IOException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  private void pause() throws IOException, InterruptedException {
    if (!process.isAlive() || System.nanoTime() - began > LIMIT_NANOS) {
      throw new IOException("the server did not start:\n" + Files.readString(log));
    }
    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  /** Ends it as an administrator does, and waits until it is gone. */
  @Override
  public void close() throws InterruptedException {
    http.close();
    process.destroy();
    if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }
}
