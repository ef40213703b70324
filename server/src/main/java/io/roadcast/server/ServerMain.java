package io.roadcast.server;

import io.roadcast.server.command.CheckConfigCommand;
import io.roadcast.server.command.InspectCommand;
import io.roadcast.server.command.RebuildIndexCommand;
import io.roadcast.server.command.ServerCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The door to the program: reads the command line and hands over to a command. */
@Command(
    name = "roadcast",
    description = "A WebRTC media server for vehicle fleets.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerMain.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServerCommand.class,
      CheckConfigCommand.class,
      InspectCommand.class,
      RebuildIndexCommand.class
    })
public final class ServerMain {
  private ServerMain() {}

  public static void main(String[] arguments) {
    // JSON is UTF-8 whatever the console's locale is; number plates are Chinese.
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(commandLine().setOut(out).execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ServerMain());
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Roadcast " + BuildInfo.version()};
    }
  }
}
