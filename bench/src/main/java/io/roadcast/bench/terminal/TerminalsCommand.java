package io.roadcast.bench.terminal;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./run bench terminals}: JT/T 808 against a server that it starts. */
@Command(
    name = "terminals",
    mixinStandardHelpOptions = true,
    description = {
      "Terminals (JT/T 808) by the thousand against a server that is started for it:",
      "memory of TCP connections, UDP terminals on one socket, delay of heartbeats,",
      "positions stored while the server is killed. A round with count 0 is left out."
    })
public final class TerminalsCommand extends ServerCommand {
  @Option(names = "--tcp", defaultValue = "15000", description = "TCP terminals (${DEFAULT-VALUE})")
  private int tcp;

  @Option(
      names = "--udp",
      defaultValue = "100000",
      description = "UDP terminals on one socket (${DEFAULT-VALUE})")
  private int udp;

  @Option(
      names = "--positions",
      defaultValue = "5000",
      description = "positions a second (${DEFAULT-VALUE})")
  private int positions;

  @Option(
      names = "--kills",
      defaultValue = "3",
      description = "how often the server is killed meanwhile (${DEFAULT-VALUE})")
  private int kills;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "of heartbeats, and of positions (${DEFAULT-VALUE})")
  private int seconds;

  @Override
  boolean run(ServerProcess process, PrintWriter out) throws Exception {
    boolean clean = true;
    if (tcp > 0) {
      clean &= new ConnectionRound(process, out).run(tcp, seconds);
    }
    if (udp > 0) {
      clean &= new UdpRound(process, out).run(udp, seconds);
    }
    if (positions > 0) {
      clean &= new PositionRound(process, out).run(positions, seconds, kills);
    }
    return clean;
  }
}
