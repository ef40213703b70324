package io.roadcast.bench.jmh;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./run bench jmh}: steps of the way of a packet, each on its own. */
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    description = "Single steps: packetizing, headers, protection, JT/T 1078 decoding.")
public final class JmhCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILTER",
      defaultValue = "",
      description = "Part of a benchmark's name; all without it.")
  private String filter = "";

  @Option(names = "--garbage", description = "Also tell what each call leaves to the collector.")
  private boolean garbage;

  @Override
  public Integer call() throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(filter.isEmpty() ? ".*Benchmark.*" : filter)
        .jvmArgsAppend("--enable-native-access=ALL-UNNAMED");
    if (garbage) {
      options.addProfiler(GCProfiler.class);
    }
    new Runner(options.build()).run();
    return 0;
  }
}
