package io.roadcast.bench.uplink;

import io.roadcast.bench.child.FreePorts;
import io.roadcast.bench.child.ServerJars;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, with open access on loopback, made for one measurement. */
public final class ServerUnderLoad implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final int httpPort;
  private final int jt1078Port;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServerUnderLoad(Process process, int httpPort, int jt1078Port) {
    this.process = process;
    this.httpPort = httpPort;
    this.jt1078Port = jt1078Port;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param jars the directory with the server's jars
   * @param directory for its data and its log
   * @param heapMegabytes the largest heap
   * @param settings environment variables besides those for ports
   */
  public static ServerUnderLoad start(
      Path jars, Path directory, int heapMegabytes, Map<String, String> settings)
      throws IOException, InterruptedException {
    int http = FreePorts.both();
    int jt1078 = FreePorts.both();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Xmx" + heapMegabytes + "m");
    command.addAll(List.of("-cp", jars + "/*", ServerJars.MAIN, "server"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("ROADCAST_"));
    environment.put("ROADCAST_OPEN_ACCESS", "true");
    environment.put("ROADCAST_DATA_DIRECTORY", directory.toString());
    environment.put("ROADCAST_HTTP_PORT", Integer.toString(http));
    environment.put("ROADCAST_HTTPS_ENABLED", "false");
    environment.put("ROADCAST_WEBRTC_PORT", "0");
    environment.put("ROADCAST_JT808_PORT", "0");
    environment.put("ROADCAST_JT1078_PORT", Integer.toString(jt1078));
    environment.put("ROADCAST_JT1078_SUB_PORT", "0");
    environment.put("ROADCAST_ATTACHMENT_PORT", "0");
    environment.putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("server.log").toFile());
    ServerUnderLoad server = new ServerUnderLoad(builder.start(), http, jt1078);
    server.awaitReady(directory);
    return server;
  }

  private void awaitReady(Path directory) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!ready()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        String log = Files.readString(directory.resolve("server.log"));
        close();
        throw new IOException("the server did not start:\n" + log);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private boolean ready() throws InterruptedException {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Where terminals send main streams to. */
  public InetSocketAddress jt1078() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), jt1078Port);
  }

  ServerMetrics metrics() throws IOException, InterruptedException {
    return new ServerMetrics(get("/metrics").body());
  }

  Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Physical memory; 0 where the system does not say. */
  long residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    http.close();
  }
}
