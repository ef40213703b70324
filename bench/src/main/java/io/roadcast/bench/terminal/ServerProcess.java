package io.roadcast.bench.terminal;

import io.roadcast.bench.child.ChildJava;
import io.roadcast.bench.child.FreePorts;
import io.roadcast.bench.child.ServerJars;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server with open access on free ports of the loopback address, in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final String HEAP = "-Xmx2g";

  private final Path classes;
  private final Path directory;
  private final int httpPort = FreePorts.both();
  private final int signallingPort = FreePorts.both();
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;

  /**
   * @param classes directory of the server's jars
   * @param directory for its data and its output
   */
  ServerProcess(Path classes, Path directory) throws IOException {
    this.classes = classes;
    this.directory = directory;
  }

  /** Starts it, again after a {@link #kill}, and waits until it is ready. */
  void start() throws IOException, InterruptedException {
    List<String> command = ChildJava.command(classes + "/*", ServerJars.MAIN, List.of(HEAP));
    command.add("server");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(directory.resolve("server.log").toFile()));
    builder.directory(directory.toFile());
    builder.environment().putAll(environment());
    process = builder.start();
    awaitReady();
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("ROADCAST_OPEN_ACCESS", "true"),
        Map.entry("ROADCAST_DATA_DIRECTORY", directory.resolve("data").toString()),
        Map.entry("ROADCAST_HTTP_PORT", Integer.toString(httpPort)),
        Map.entry("ROADCAST_HTTPS_ENABLED", "false"),
        Map.entry("ROADCAST_WEBRTC_PORT", "0"),
        Map.entry("ROADCAST_JT1078_PORT", "0"),
        Map.entry("ROADCAST_JT1078_SUB_PORT", "0"),
        Map.entry("ROADCAST_ATTACHMENT_PORT", "0"),
        Map.entry("ROADCAST_JT808_PORT", Integer.toString(signallingPort)),
        Map.entry("ROADCAST_JT808_MAX_CONNECTIONS_PER_ADDRESS", "200000"),
        Map.entry("ROADCAST_JT808_MAX_REGISTRATIONS_PER_MINUTE", "1000000"));
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (process != null && !process.isAlive()) {
        throw new IOException("the server ended; see " + directory.resolve("server.log"));
      }
      try {
        if (get("/readyz").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // it is starting
      }
      Thread.sleep(100);
    }
    throw new IOException("the server did not get ready; see " + directory.resolve("server.log"));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Sends JSON. */
  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  URI webSocket() {
    return URI.create("ws://127.0.0.1:" + httpPort + "/api/v1/ws");
  }

  int signallingPort() {
    return signallingPort;
  }

  /** Resident bytes, after the garbage was collected. */
  long residentBytes() throws IOException, InterruptedException {
    long pid = running().pid();
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(20, TimeUnit.SECONDS);
    Thread.sleep(1000);
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS of process " + pid);
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  /** As {@code kill -9}: it can do nothing more. */
  void kill() throws InterruptedException {
    Process victim = running();
    victim.destroyForcibly();
    victim.waitFor();
  }

  @Override
  public void close() {
    Process last = process;
    if (last == null) {
      return;
    }
    last.destroy();
    try {
      if (!last.waitFor(20, TimeUnit.SECONDS)) {
        last.destroyForcibly();
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
