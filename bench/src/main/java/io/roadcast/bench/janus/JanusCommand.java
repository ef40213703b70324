package io.roadcast.bench.janus;

import io.roadcast.bench.child.ServerJars;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run bench janus}: CPU per forwarded packet beside Janus' streaming plugin. */
@Command(
    name = "janus",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The server and Janus, each alone on its cores, forward the same stream to the same viewers"
          + " in",
      "turn; the viewers have another core and decrypt everything. Needs Linux, two cores, taskset",
      "and Debian's package janus, which is installed where that is allowed. Exit code 3: skipped."
    })
public final class JanusCommand implements Callable<Integer> {
  private static final int SKIPPED = 3;
  private static final String RECEIVERS_APART = "--receivers-apart";

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--viewers", split = ",", description = "Numbers of viewers (100,200,350).")
  private List<Integer> viewers = List.of(100, 200, 350);

  @Option(names = "--rounds", defaultValue = "3", description = "(${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "Of each measurement (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--bit-rate",
      defaultValue = "2000000",
      description = "Of the stream (${DEFAULT-VALUE}).")
  private int bitRate;

  @Option(
      names = "--warm-up",
      defaultValue = "40",
      description = {
        "Seconds before the first measurement of each server, at least (${DEFAULT-VALUE}): the",
        "server's code is compiled meanwhile, on the core that it is measured on. It goes on until",
        "the compilers are quiet, for twice as long at most."
      })
  private int warmUp;

  @Option(names = "--without-janus", description = "Only the server, for numbers Janus can not do.")
  private boolean withoutJanus;

  @Option(
      names = "--server-cores",
      defaultValue = "0",
      description = "Such as 0 or 0,1 (${DEFAULT-VALUE}).")
  private String serverCores = "0";

  @Option(
      names = "--java-option",
      description = "For the server's Java, such as --java-option=-Xlog:gc; may be repeated.")
  private List<String> javaOptions = List.of();

  @Option(names = "--viewer-core", defaultValue = "1", description = "(${DEFAULT-VALUE})")
  private int viewerCore;

  @Option(
      names = RECEIVERS_APART,
      description = {
        "What receiving costs the kernel is done on the viewers' core, as if there were a network",
        "between (in a network namespace; needs root and iproute2). Without it the sender does it."
      })
  private boolean receiversApart;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not called by the command line");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    if (!withoutJanus && !JanusPackage.present(progress::println)) {
      return SKIPPED;
    }
    if (receiversApart) {
      List<String> arguments =
          new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
      arguments.remove(RECEIVERS_APART);
      return SteeredLoopback.rerun(spec.root().userObject().getClass(), viewerCore, arguments);
    }
    Pinning.pin(viewerCore);
    Path directory = Files.createTempDirectory("roadcast-janus-");
    progress.println("configurations and logs are in " + directory);
    List<MeasuredServer> servers = new ArrayList<>();
    try {
      servers.add(
          RoadcastServer.start(ServerJars.ofThisCheckout(), directory, serverCores, javaOptions));
      if (!withoutJanus) {
        servers.add(JanusServer.start(directory, serverCores));
      }
      Comparison comparison =
          new Comparison(servers, viewers, rounds, seconds, bitRate, warmUp, progress::println);
      out.println(comparison.run());
      out.flush();
      return 0;
    } finally {
      servers.forEach(MeasuredServer::close);
    }
  }
}
