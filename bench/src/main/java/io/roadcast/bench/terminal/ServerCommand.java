package io.roadcast.bench.terminal;

import io.roadcast.bench.child.ServerJars;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A measurement of a server that is started for it, with data of its own. Exit code 0 if it went
 * well.
 */
abstract class ServerCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "DIRECTORY",
      description = "the server's jars; server/target/lib of this checkout if absent")
  private @Nullable Path server;

  @Spec private @Nullable CommandSpec spec;

  /**
   * Measures.
   *
   * @param process started
   * @return whether all is as it should be
   */
  abstract boolean run(ServerProcess process, PrintWriter out) throws Exception;

  @Override
  public final Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Path directory = Files.createTempDirectory("roadcast-" + spec.name());
    out.println("the server's data and output: " + directory);
    try (ServerProcess process =
        new ServerProcess(server == null ? ServerJars.ofThisCheckout() : server, directory)) {
      process.start();
      boolean clean = run(process, out);
      out.flush();
      return clean ? 0 : 1;
    }
  }
}
