package io.roadcast.bench.fanout;

import io.roadcast.bench.child.ChildJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A running {@link FanoutProcess}, seen from outside. It rests between its measurements. */
final class MeasuredVariant implements AutoCloseable {
  private final FanoutVariant variant;
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;

  private MeasuredVariant(FanoutVariant variant, Process process) {
    this.variant = variant;
    this.process = process;
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
  }

  /**
   * Starts it and waits for its viewers.
   *
   * @throws IOException if it ended instead, for instance because the variant does not work here
   */
  static MeasuredVariant start(FanoutVariant variant, BenchNetwork network, int viewers)
      throws IOException {
    List<String> java = ChildJava.command(FanoutProcess.class);
    java.addAll(
        List.of(
            variant.port().name(),
            variant.engine().name(),
            variant.profile().name(),
            Integer.toString(viewers),
            network.local(),
            network.remote(),
            Integer.toString(network.remotePort())));
    Process process =
        new ProcessBuilder(network.command(java))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    MeasuredVariant measured = new MeasuredVariant(variant, process);
    try {
      measured.answer();
      return measured;
    } catch (IOException e) {
      measured.close();
      throw e;
    }
  }

  FanoutVariant variant() {
    return variant;
  }

  FanoutSample measure(int packetsPerFrame, long warmMillis, long millis) throws IOException {
    orders.println(packetsPerFrame + " " + warmMillis + " " + millis);
    return FanoutSample.parse(answer());
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(variant.name() + " ended");
    }
    return line;
  }

  @Override
  public void close() {
    orders.close();
    process.destroy();
  }
}
