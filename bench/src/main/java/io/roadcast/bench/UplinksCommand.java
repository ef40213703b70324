package io.roadcast.bench;

import io.roadcast.bench.uplink.ServerUnderLoad;
import io.roadcast.bench.uplink.UplinkRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run bench uplinks}: how many terminals' pictures a server takes in without loss. */
@Command(
    name = "uplinks",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Terminals that send pictures by JT/T 1078 over TCP to a server in a process of its own.",
      "Each packet that leaves is counted, and each that comes in. Exit code 1 if any is lost."
    })
final class UplinksCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--counts",
      split = ",",
      defaultValue = "500,1000,1500,2000",
      description = "How many terminals; one run with a fresh server each (${DEFAULT-VALUE}).")
  private List<Integer> counts = List.of();

  @Option(
      names = "--kbps",
      defaultValue = "500",
      description = "Kilobits per second of each (${DEFAULT-VALUE}).")
  private int kilobits;

  @Option(
      names = "--fps",
      defaultValue = "15",
      description = "Pictures per second of each (${DEFAULT-VALUE}).")
  private int pictureRate;

  @Option(
      names = "--keyframe-seconds",
      defaultValue = "2",
      description = "Seconds from keyframe to keyframe (${DEFAULT-VALUE}).")
  private int keyframeSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "How long to measure (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--senders",
      defaultValue = "1",
      description = "Threads that send (${DEFAULT-VALUE}).")
  private int senders;

  @Option(
      names = "--heap",
      defaultValue = "2048",
      description = "The server's largest heap in MB (${DEFAULT-VALUE}).")
  private int heapMegabytes;

  @Option(
      names = "--server",
      defaultValue = "server/target/lib",
      description = "The server's jars (${DEFAULT-VALUE}).")
  private Path jars = Path.of("server", "target", "lib");

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = writer();
    out.println(
        "uplinks pictures/s packets/s  Mbit/s   sent packets  missing  gaps dropped"
            + " broken latest ms cores RSS MB");
    boolean clean = true;
    for (int count : counts) {
      UplinkRun.Result result = run(count);
      out.println(line(result));
      out.flush();
      clean &= result.clean();
    }
    return clean ? 0 : 1;
  }

  private UplinkRun.Result run(int count) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("roadcast-uplinks");
    Map<String, String> settings =
        Map.of(
            "ROADCAST_STREAMS_MAX", "50000",
            "ROADCAST_JT1078_MAX_CONNECTIONS", "50000",
            "ROADCAST_JT1078_MAX_CONNECTIONS_PER_ADDRESS", "50000",
            "ROADCAST_LOGGING_LEVEL", "warn");
    try (ServerUnderLoad server =
        ServerUnderLoad.start(jars.toAbsolutePath(), directory, heapMegabytes, settings)) {
      UplinkRun.Load load =
          new UplinkRun.Load(count, kilobits * 1000, pictureRate, keyframeSeconds, senders);
      return new UplinkRun(server, load, System.err::println)
          .run(server.jt1078(), Duration.ofSeconds(seconds));
    }
  }

  private static String line(UplinkRun.Result result) {
    return String.format(
        Locale.ROOT,
        "%7d %10.0f %9.0f %7.1f %14d %8d %5d %7d %6d %9d %5.2f %6.0f",
        result.count(),
        result.picturesPerSecond(),
        result.packetsPerSecond(),
        result.megabitsPerSecond(),
        result.sentPackets(),
        result.sentPackets() - result.receivedPackets(),
        result.gaps(),
        result.dropped(),
        result.brokenConnections(),
        result.latest().toMillis(),
        result.serverCores(),
        result.serverResidentBytes() / 1e6);
  }

  private PrintWriter writer() {
    if (spec == null) {
      throw new IllegalStateException("made by the command line only");
    }
    return spec.commandLine().getOut();
  }
}
