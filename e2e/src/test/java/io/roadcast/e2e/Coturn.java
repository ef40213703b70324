package io.roadcast.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The distribution's coturn with our configuration, on a free port of 127.0.0.1 and, with a
 * certificate made for it, on another one by TLS.
 */
public final class Coturn implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/turnserver");
  private static final Path LOGS = Path.of("target", "coturn");

  private final Process process;
  private final int port;
  private final int tlsPort;
  private final Path log;

  private Coturn(Process process, int port, int tlsPort, Path log) {
    this.process = process;
    this.port = port;
    this.tlsPort = tlsPort;
    this.log = log;
  }

  /**
   * Starts one that relays to 127.0.0.1 and nowhere else; the test is skipped, saying so, where
   * coturn is missing.
   */
  public static Coturn start(String sharedSecret) throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), "coturn is missing (Debian's package coturn)");
    int port = freePort();
    int tlsPort = freePort();
    Files.createDirectories(LOGS);
    Path log = LOGS.resolve(port + ".log");
    writeCertificate(LOGS.resolve(port + "-cert.pem"), LOGS.resolve(port + "-key.pem"));
    ProcessBuilder builder =
        new ProcessBuilder(
            PROGRAM.toString(),
            "-c",
            configuration().toString(),
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            "--listening-port=" + port,
            "--tls-listening-port=" + tlsPort,
            "--cert=" + LOGS.resolve(port + "-cert.pem").toAbsolutePath(),
            "--pkey=" + LOGS.resolve(port + "-key.pem").toAbsolutePath(),
            "--static-auth-secret=" + sharedSecret,
            "--realm=turn.test",
            "--allowed-peer-ip=127.0.0.1",
            "--allow-loopback-peers",
            "--pidfile=" + LOGS.resolve(port + ".pid").toAbsolutePath());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Coturn coturn = new Coturn(process, port, tlsPort, log);
    await().atMost(Duration.ofSeconds(20)).until(coturn::listening);
    return coturn;
  }

  public int port() {
    return port;
  }

  /** Of TURN over TLS. */
  public int tlsPort() {
    return tlsPort;
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
    return listening(port) && listening(tlsPort);
  }

  private static boolean listening(int number) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", number), 1000);
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

  /** Made by the JDK's own tool, for the name that the tests use. */
  private static void writeCertificate(Path certificate, Path key) throws IOException {
    Path store = Files.createTempDirectory("coturn-").resolve("store.p12");
    String password = "changeit";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "turn",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                password)
            .inheritIO()
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed");
      }
      KeyStore entries = KeyStore.getInstance(store.toFile(), password.toCharArray());
      pem(certificate, "CERTIFICATE", entries.getCertificate("turn").getEncoded());
      pem(key, "PRIVATE KEY", entries.getKey("turn", password.toCharArray()).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(store);
      Files.delete(store.getParent());
    }
  }

  private static void pem(Path file, String kind, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
