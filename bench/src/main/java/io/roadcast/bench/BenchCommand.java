package io.roadcast.bench;

import io.roadcast.bench.fanout.FanoutCommand;
import io.roadcast.bench.fanout.OverloadCommand;
import io.roadcast.bench.janus.JanusCommand;
import io.roadcast.bench.jmh.JmhCommand;
import io.roadcast.bench.picture.PictureCommand;
import io.roadcast.bench.recording.RecordingsCommand;
import io.roadcast.bench.sound.SoundCommand;
import io.roadcast.bench.start.StartCommand;
import io.roadcast.bench.terminal.EventsCommand;
import io.roadcast.bench.terminal.TerminalsCommand;
import io.roadcast.bench.terminal.WebhooksCommand;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code ./run bench}; each benchmark is a subcommand. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Benchmarks and load.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ViewersCommand.class,
      FanoutCommand.class,
      OverloadCommand.class,
      JanusCommand.class,
      UplinksCommand.class,
      StartCommand.class,
      JmhCommand.class,
      SoundCommand.class,
      PictureCommand.class,
      RecordingsCommand.class,
      TerminalsCommand.class,
      EventsCommand.class,
      WebhooksCommand.class
    })
public final class BenchCommand {
  private BenchCommand() {}

  /** Exit code 0: clean; 1: something was lost or failed; 2: wrong usage. */
  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }
}
