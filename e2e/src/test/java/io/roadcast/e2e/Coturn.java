package io.roadcast.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The distribution's coturn with our configuration, on a free port of 127.0.0.1. */
public final class Coturn implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/turnserver");
  private static final Path LOGS = Path.of("target", "coturn");

  private final Process process;
  private final int port;
  private final Path log;

  private Coturn(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts one that relays to 127.0.0.1 and nowhere else; the test is skipped, saying so, where
   * coturn is missing.
   */
  public static Coturn start(String sharedSecret) throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), "coturn is missing (Debian's package coturn)");
    int port = freePort();
    Files.createDirectories(LOGS);
    Path log = LOGS.resolve(port + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            PROGRAM.toString(),
            "-c",
            configuration().toString(),
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            "--listening-port=" + port,
            "--static-auth-secret=" + sharedSecret,
            "--realm=turn.test",
            "--allowed-peer-ip=127.0.0.1",
            "--allow-loopback-peers",
            "--pidfile=" + LOGS.resolve(port + ".pid").toAbsolutePath());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Coturn coturn = new Coturn(process, port, log);
    await().atMost(Duration.ofSeconds(20)).until(coturn::listening);
    return coturn;
  }

  public int port() {
    return port;
  }

  /** What it wrote so far. */
  public List<String> log() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean listening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The product's, wherever in the project the tests are run. */
  private static Path configuration() {
    Path here = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path directory = here; directory != null; directory = directory.getParent()) {
      Path file = directory.resolve("coturn-config").resolve("turnserver.conf");
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new AssertionError("no coturn-config above " + here);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
