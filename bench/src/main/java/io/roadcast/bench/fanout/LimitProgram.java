package io.roadcast.bench.fanout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C program that shows what the machine can do, compiled from its one source by gcc. */
final class LimitProgram implements AutoCloseable {
  private static final Pattern RESULT =
      Pattern.compile("user\\s+(\\d+) sys\\s+\\d+ total\\s+(\\d+) ns/pkt");
  private static final String MULTI_BUFFER_HEADER = "/usr/include/intel-ipsec-mb.h";

  private final Path directory;
  private final boolean multiBuffer;

  private LimitProgram(Path directory, boolean multiBuffer) {
    this.directory = directory;
    this.multiBuffer = multiBuffer;
  }

  /**
   * Compiles it into a temporary directory.
   *
   * @param sources where fanout.c is
   * @throws IOException if there is no such file or no compiler
   */
  static LimitProgram compile(Path sources) throws IOException {
    Path source = sources.resolve("fanout.c").toAbsolutePath();
    Path directory = Files.createTempDirectory("roadcast-limit-");
    boolean multiBuffer = Files.exists(Path.of(MULTI_BUFFER_HEADER));
    LimitProgram program = new LimitProgram(directory, multiBuffer);
    String options = multiBuffer ? "-DIMB" : "-UIMB";
    String library = multiBuffer ? "-lIPSec_MB" : "-lcrypto";
    List<String> command =
        List.of(
            "gcc",
            "-O2",
            "-march=native",
            "-w",
            options,
            "-o",
            program.binary(),
            source.toString(),
            "-lcrypto",
            library);
    try {
      program.output(command);
      return program;
    } catch (IOException e) {
      program.close();
      throw e;
    }
  }

  /** The crypto argument for the cheapest way of a profile. */
  String cheapest(String profile) {
    return multiBuffer ? "imb" + profile : profile;
  }

  /** Which library that is, for the report. */
  String library() {
    return multiBuffer ? "IPsec-MB" : "OpenSSL";
  }

  /**
   * Runs it once.
   *
   * @param plainBytes of each packet before it is protected, header included
   */
  FanoutSample run(
      BenchNetwork network,
      String send,
      String crypto,
      int burst,
      double seconds,
      int viewers,
      int plainBytes)
      throws IOException {
    String said =
        output(
            network.command(
                List.of(
                    binary(),
                    send,
                    crypto,
                    Integer.toString(burst),
                    Double.toString(seconds),
                    Integer.toString(viewers),
                    Integer.toString(plainBytes),
                    network.local(),
                    Integer.toString(network.remotePort()),
                    network.remote())));
    Matcher result = RESULT.matcher(said);
    if (!result.find()) {
      throw new IOException("the limit program said: " + said);
    }
    return new FanoutSample(
        0, Double.parseDouble(result.group(2)), Double.parseDouble(result.group(1)), plainBytes, 0);
  }

  private String binary() {
    return directory.resolve("fanout").toString();
  }

  private String output(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command.getFirst() + ": " + said);
      }
      return said;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(directory.resolve("fanout"));
    Files.deleteIfExists(directory);
  }
}
