package io.roadcast.e2e.joins;

import io.roadcast.e2e.ServerProcess;
import io.roadcast.e2e.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server in a process of its own and a browser. Both end with this process, killed or not. */
final class Rig implements AutoCloseable {
  private final Path data;
  private final Thread whenKilled = new Thread(this::end);
  private final ServerProcess server;
  private final Browser browser;

  private Rig(Path data, ServerProcess server, Browser browser) {
    this.data = data;
    this.server = server;
    this.browser = browser;
  }

  /**
   * @param settings keys of {@code reference.yaml} and values other than the usual ones
   */
  static Rig start(Map<String, String> settings) throws IOException {
    Path data = Files.createTempDirectory("roadcast-joins-");
    ServerProcess server = ServerProcess.start(data, settings);
    try {
      Rig rig = new Rig(data, server, Browser.start());
      Runtime.getRuntime().addShutdownHook(rig.whenKilled);
      return rig;
    } catch (RuntimeException | Error failure) {
      server.close();
      throw failure;
    }
  }

  ServerProcess server() {
    return server;
  }

  Browser browser() {
    return browser;
  }

  private void end() {
    browser.close();
    server.close();
    try (Stream<Path> files = Files.walk(data)) {
      List<Path> leavesFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : leavesFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + data + " (" + e + ")");
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(whenKilled);
    } catch (IllegalStateException killed) {
      return; // it is at work already
    }
    end();
  }
}
