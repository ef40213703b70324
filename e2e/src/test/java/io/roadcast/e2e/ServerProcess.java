package io.roadcast.e2e;

import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a process of its own, whose memory, threads and descriptors can be looked at (Linux).
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ProcessBuilder builder;
  private final TestDatabase database;
  private final Ports ports;
  private final Http http;
  private volatile Process process;

  /**
   * What the process holds.
   *
   * @param residentBytes of physical memory
   * @param heapBytes of the Java heap, after a collection
   * @param blocks frames that are kept for viewers
   */
  record Held(long residentBytes, long heapBytes, int threads, int descriptors, int blocks) {
    @Override
    public String toString() {
      return "RSS %.1f MB, heap after GC %.1f MB, %d threads, %d descriptors, %d blocks"
          .formatted(residentBytes / 1e6, heapBytes / 1e6, threads, descriptors, blocks);
    }
  }

  /** Where it listens, also after it was started again. */
  private record Ports(int http, int jt1078, int jt808) {
    static Ports free() throws IOException {
      return new Ports(freePort(), freePort(), freePort());
    }
  }

  private ServerProcess(ProcessBuilder builder, TestDatabase database, Ports ports)
      throws IOException {
    this.builder = builder;
    this.database = database;
    this.ports = ports;
    this.http = new Http(url());
    this.process = builder.start();
  }

  /**
   * Starts a server with open access and waits until it is ready.
   *
   * @param directory for its data and its log
   * @param settings keys of {@code reference.yaml} and values
   */
  public static ServerProcess start(Path directory, Map<String, String> settings)
      throws IOException {
    Ports ports = Ports.free();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    // A heap that is all there from the beginning: what grows then is something else.
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.roadcast.server.ServerMain", "server"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("ROADCAST_"));
    environment.put(RunningServer.environmentName("open-access"), "true");
    environment.put(RunningServer.environmentName("data-directory"), directory.toString());
    environment.put(RunningServer.environmentName("http.port"), Integer.toString(ports.http));
    environment.put(RunningServer.environmentName("https.port"), "0");
    environment.put(RunningServer.environmentName("webrtc.port"), "0");
    environment.put(RunningServer.environmentName("jt1078.port"), Integer.toString(ports.jt1078));
    environment.put(RunningServer.environmentName("jt808.port"), Integer.toString(ports.jt808));
    environment.put(RunningServer.environmentName("jt1078.sub-port"), "0");
    environment.put(RunningServer.environmentName("attachment.port"), "0");
    TestDatabase database = TestDatabase.create();
    RunningServer.databaseSettings(database)
        .forEach((key, value) -> environment.put(RunningServer.environmentName(key), value));
    settings.forEach((key, value) -> environment.put(RunningServer.environmentName(key), value));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("server.log").toFile()));
    ServerProcess server = new ServerProcess(builder, database, ports);
    try {
      server.awaitReady();
    } catch (RuntimeException | Error failure) {
      server.close();
      throw failure;
    }
    return server;
  }

  /** As {@code kill -9}; returns when it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again where it was, after {@link #kill}. */
  void restart() throws IOException {
    process = builder.start();
    awaitReady();
  }

  private void awaitReady() {
    await()
        .atMost(SOON)
        .ignoreExceptionsMatching(failure -> failure.getCause() instanceof IOException)
        .until(() -> !process.isAlive() || http.get("/readyz").statusCode() == 200);
    if (!process.isAlive()) {
      throw new AssertionError("the server ended with " + process.exitValue());
    }
  }

  /** One that is free for TCP and UDP at this moment. */
  static int freePort() throws IOException {
    while (true) {
      try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          DatagramSocket udp =
              new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
        return udp.getLocalPort();
      } catch (BindException taken) {
        continue;
      }
    }
  }

  public String url() {
    return "http://127.0.0.1:" + ports.http;
  }

  int httpPort() {
    return ports.http;
  }

  public URI whep(String stream) {
    return URI.create(url() + "/whep/" + stream);
  }

  public int jt1078Port() {
    return ports.jt1078;
  }

  int jt808Port() {
    return ports.jt808;
  }

  /** That it keeps its records in. */
  TestDatabase database() {
    return database;
  }

  /** How long frames took through the server, as its metrics tell it. */
  public String delays() {
    Exposition metrics = metric();
    StringBuilder text = new StringBuilder();
    for (String kind : List.of("keyframe", "picture", "sound")) {
      for (String which : List.of("first", "last")) {
        text.append(
            metrics.percentiles("roadcast_" + which + "_packet_delay_seconds", "frame=\"" + kind));
      }
    }
    return text.toString();
  }

  Exposition metric() {
    return Exposition.parse(http.get("/metrics").body());
  }

  int streams() {
    return (int) metric().sum("roadcast_streams");
  }

  /** Whether every stream is known with its picture. */
  boolean showsPictures(int count) {
    int seen = 0;
    for (var stream : Http.json(http.get("/api/v1/streams").body()).path("items")) {
      seen += stream.path("video").path("width").asInt() > 0 ? 1 : 0;
    }
    return seen == count;
  }

  /** Collects garbage first. */
  Held held() throws IOException, InterruptedException {
    collectGarbage();
    Exposition metrics = metric();
    return new Held(
        residentBytes(),
        (long) metrics.sum("jvm_memory_used_bytes", "area=\"heap\""),
        entries("task"),
        entries("fd"),
        (int) metrics.sum("roadcast_blocks_in_use"));
  }

  /** Threads of the operating system. */
  int threads() throws IOException {
    return entries("task");
  }

  int descriptors() throws IOException {
    return entries("fd");
  }

  private void collectGarbage() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(30, TimeUnit.SECONDS);
  }

  private long residentBytes() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  private int entries(String of) throws IOException {
    try (Stream<Path> entries = Files.list(proc(of))) {
      return (int) entries.count();
    }
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    database.close();
  }
}
