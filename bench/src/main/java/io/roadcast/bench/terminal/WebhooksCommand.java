package io.roadcast.bench.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run bench webhooks}: a receiver of events that goes away, and is slow afterwards. */
@Command(
    name = "webhooks",
    mixinStandardHelpOptions = true,
    description = {
      "Alarms while a receiver of webhooks is shut, and slow when it is back; one alarm it always"
          + " refuses.",
      "Exit code 0 if it was told of all others, in order of each terminal and signed as OpenSSL"
          + " signs."
    })
public final class WebhooksCommand implements Callable<Integer> {
  @Option(names = "--alarms", defaultValue = "20", description = "a second (${DEFAULT-VALUE})")
  private int alarms;

  @Option(
      names = "--down",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "how long the receiver is shut (${DEFAULT-VALUE})")
  private int down;

  @Option(
      names = "--slow",
      paramLabel = "MILLISECONDS",
      defaultValue = "200",
      description = "until it answers afterwards (${DEFAULT-VALUE})")
  private int slow;

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
    Path directory = Files.createTempDirectory("roadcast-webhooks");
    out.println("the server's data and output: " + directory);
    Path jars = server == null ? ServerProcess.jars() : server;
    try (ServerProcess process = new ServerProcess(jars, directory)) {
      process.start();
      boolean clean =
          new WebhookRound(process, out)
              .run(alarms, Duration.ofSeconds(down), Duration.ofMillis(slow));
      out.flush();
      return clean ? 0 : 1;
    }
  }
}
