package io.roadcast.fleet.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of PostgreSQL to its end. */
final class PostgresCommand {
  private static final int ROOT = 0;

  private PostgresCommand() {}

  /**
   * @param owner a file of the user that this process runs as
   * @throws IOException with what the program said, if it failed or took too long
   */
  static void run(Path owner, Duration patience, List<String> command) throws IOException {
    List<String> whole = new ArrayList<>();
    if (isRoot(owner)) {
      // PostgreSQL refuses to run as root; in a user name space of its own it does not see that.
      whole.addAll(List.of("unshare", "--user"));
    }
    whole.addAll(command);
    Path said = Files.createTempFile("roadcast-", ".txt");
    try {
      int result = run(whole, said, patience);
      if (result != 0) {
        throw new IOException(name(command) + " ended with " + result + ": " + lastWords(said));
      }
    } finally {
      Files.deleteIfExists(said);
    }
  }

  private static int run(List<String> command, Path said, Duration patience) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException failure) {
      throw new IOException(
          command.getFirst() + " can not be run (as root, PostgreSQL needs unshare)", failure);
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(name(command) + " took longer than " + patience.toSeconds() + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(name(command) + " was interrupted", e);
    }
  }

  private static boolean isRoot(Path owner) throws IOException {
    return Files.getAttribute(owner, "unix:uid") instanceof Integer uid && uid == ROOT;
  }

  private static String name(List<String> command) {
    for (String word : command) {
      if (word.contains("/")) {
        return String.valueOf(Path.of(word).getFileName());
      }
    }
    return command.getFirst();
  }

  private static String lastWords(Path said) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return String.join("; ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
  }
}
