package io.roadcast.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code ./run bench}; each benchmark is a subcommand. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Benchmarks and load.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ViewersCommand.class)
public final class BenchCommand {
  private BenchCommand() {}

  /** Exit code 0: clean; 1: something was lost or failed; 2: wrong usage. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }
}
