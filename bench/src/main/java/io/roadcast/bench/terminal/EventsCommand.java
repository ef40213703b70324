package io.roadcast.bench.terminal;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class EventsCommand extends ServerCommand {
  @Option(names = "--alarms", defaultValue = "1000", description = "a second (${DEFAULT-VALUE})")
  private int alarms;

  @Option(
      names = "--kills",
      defaultValue = "1",
      description = "how often the server is killed meanwhile (${DEFAULT-VALUE})")
  private int kills;

  @Option(names = "--seconds", defaultValue = "60", description = "of alarms (${DEFAULT-VALUE})")
  private int seconds;

  @Override
  boolean run(ServerProcess process, PrintWriter out) throws Exception {
    return new EventRound(process, out).run(alarms, seconds, kills);
  }
}
