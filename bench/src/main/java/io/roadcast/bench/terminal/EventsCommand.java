package io.roadcast.bench.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run bench events}: safety alarms against a server that it starts. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "Safety alarms (T/JSATL 12) at a high rate against a server that is started for it and"
          + " killed",
      "meanwhile: none that was acknowledged may be lost, none may become two events, and a client",
      "of the WebSocket is told of all in order. Exit code 0 if so."
    })
public final class EventsCommand implements Callable<Integer> {
  @Option(names = "--alarms", defaultValue = "1000", description = "a second (${DEFAULT-VALUE})")
  private int alarms;

  @Option(
      names = "--kills",
      defaultValue = "1",
      description = "how often the server is killed meanwhile (${DEFAULT-VALUE})")
  private int kills;

  @Option(names = "--seconds", defaultValue = "60", description = "of alarms (${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--server",
      paramLabel = "DIRECTORY",
      description = "the server's jars; server/target/lib of this checkout if absent")
  private @Nullable Path server;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, URISyntaxException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Path directory = Files.createTempDirectory("roadcast-events");
    out.println("the server's data and output: " + directory);
    Path jars = server == null ? ServerProcess.jars() : server;
    try (ServerProcess process = new ServerProcess(jars, directory)) {
      process.start();
      boolean clean = new EventRound(process, out).run(alarms, seconds, kills);
      out.flush();
      return clean ? 0 : 1;
    }
  }
}
