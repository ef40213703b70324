package io.roadcast.bench.terminal;

import io.roadcast.bench.terminal.TcpTerminals.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a connection costs, and how fast its heartbeats are answered. */
final class ConnectionRound {
  private static final int STEPS = 3;
  private static final double BYTES_PER_KILOBYTE = 1024;

  private final ServerProcess server;
  private final PrintWriter out;

  /** A number of connections and the server's memory with them. */
  private record Sample(long connections, long bytes) {}

  ConnectionRound(ServerProcess server, PrintWriter out) {
    this.server = server;
    this.out = out;
  }

  /** Whether all were taken and none was lost. */
  boolean run(int count, int seconds) throws IOException, InterruptedException {
    try (TcpTerminals terminals = new TcpTerminals(server.signallingPort())) {
      terminals.growTo(Math.min(count, 200)); // the first ones load classes
      List<Sample> samples = new ArrayList<>();
      samples.add(sample(terminals));
      for (int step = 1; step <= STEPS; step++) {
        terminals.growTo(count * step / STEPS);
        samples.add(sample(terminals));
      }
      out.printf("TCP: %.1f KB for each connection%n", slope(samples) / BYTES_PER_KILOBYTE);
      Delays delays = heartbeats(terminals, seconds);
      out.printf("TCP heartbeats of %d terminals: %s%n", terminals.authenticated(), delays);
      out.flush();
      return terminals.authenticated() == count;
    }
  }

  private Sample sample(TcpTerminals terminals) throws IOException, InterruptedException {
    Sample sample = new Sample(terminals.authenticated(), server.residentBytes());
    out.printf("TCP: %d connections, %d MB resident%n", sample.connections, sample.bytes >> 20);
    out.flush();
    return sample;
  }

  /** Least squares. */
  private static double slope(List<Sample> samples) {
    double x = samples.stream().mapToLong(Sample::connections).average().orElse(0);
    double y = samples.stream().mapToLong(Sample::bytes).average().orElse(0);
    double both = 0;
    double square = 0;
    for (Sample each : samples) {
      both += (each.connections - x) * (each.bytes - y);
      square += (each.connections - x) * (each.connections - x);
    }
    return both / square;
  }

  /** Each terminal sends one every 30 s, spread evenly. */
  private static Delays heartbeats(TcpTerminals terminals, int seconds) throws IOException {
    Delays delays = new Delays();
    terminals.listen(
        (terminal, serial, id, result) -> {
          if (id == TerminalFrame.HEARTBEAT && terminal.heartbeatNanos != 0) {
            delays.add(System.nanoTime() - terminal.heartbeatNanos);
            terminal.heartbeatNanos = 0;
          }
        });
    List<Terminal> all = terminals.all();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    double perNano = all.size() / 30e9;
    long sent = 0;
    while (System.nanoTime() < end) {
      long due = (long) ((System.nanoTime() - begin) * perNano);
      for (; sent < due; sent++) {
        Terminal next = all.get((int) (sent % all.size()));
        next.heartbeatNanos = System.nanoTime();
        next.send(TerminalFrame.heartbeat(next.phone, next.serial++));
      }
      terminals.readAWhile();
    }
    terminals.runUntil(
        () -> all.stream().allMatch(each -> each.heartbeatNanos == 0),
        System.nanoTime() + 5_000_000_000L);
    return delays;
  }
}
