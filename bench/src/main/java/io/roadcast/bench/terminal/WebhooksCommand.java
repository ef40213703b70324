package io.roadcast.bench.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class WebhooksCommand extends ServerCommand {
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

  @Override
  boolean run(ServerProcess process, PrintWriter out) throws Exception {
    return new WebhookRound(process, out)
        .run(alarms, Duration.ofSeconds(down), Duration.ofMillis(slow));
  }
}
