package io.roadcast.bench.janus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Debian's package of Janus. */
final class JanusPackage {
  private static final Path PROGRAM = Path.of("/usr/bin/janus");

  private JanusPackage() {}

  /**
   * Installs it if it is missing and we may.
   *
   * @param progress hears why it is not there, if it is not
   */
  static boolean present(Consumer<String> progress) throws IOException, InterruptedException {
    if (Files.isExecutable(PROGRAM)) {
      return true;
    }
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      progress.accept("installing janus");
      run(List.of("apt-get", "update", "-qq"));
      run(List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends", "janus"));
    }
    if (!Files.isExecutable(PROGRAM)) {
      progress.accept("SKIPPED: Janus is not here; install Debian's package janus");
      return false;
    }
    return true;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }
}
