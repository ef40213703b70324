package io.roadcast.bench.fanout;

import io.roadcast.bench.fanout.FanoutVariant.EngineKind;
import io.roadcast.bench.fanout.FanoutVariant.PortKind;
import io.roadcast.sfu.udp.DelayHistogram;
import io.roadcast.sfu.udp.FrameKind;
import io.roadcast.sfu.udp.WorkerStatistics;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run bench overload}: what a worker delivers when it is asked for more than it can. */
@Command(
    name = "overload",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds how many viewers of a 2.4 Mbit/s stream fill the server's media worker, then gives it",
      "more. The packets go to the loopback network, where nobody reads them."
    })
public final class OverloadCommand implements Callable<Integer> {
  private static final int FIRST_VIEWERS = 60;
  private static final int SETTLE_MILLIS = 5000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--factors",
      split = ",",
      description = "Viewers, as multiples of the number that fills the worker (0.8,1,1.25,1.5,2).")
  private List<Double> factors = List.of(0.8, 1.0, 1.25, 1.5, 2.0);

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "Of each measurement (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--port",
      defaultValue = "GSO",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private PortKind port = PortKind.GSO;

  @Option(
      names = "--engine",
      defaultValue = "AWSLC",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private EngineKind engine = EngineKind.AWSLC;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (DatagramSocket sink = new DatagramSocket(0);
        OverloadRig rig =
            new OverloadRig(
                FanoutProcess.port(port, new InetSocketAddress("127.0.0.1", 0)),
                FanoutProcess.engine(engine),
                sink.getLocalPort())) {
      int edge = edge(rig);
      out.printf("%d viewers fill the worker%n%n", edge);
      out.println(
          "| viewers | of the edge | packets/s | busy | pictures shed/s | waited 50 % | 99 % |"
              + " joins |");
      out.println("|---|---|---|---|---|---|---|---|");
      for (double factor : factors) {
        rig.grow((int) Math.round(edge * factor));
        Thread.sleep(SETTLE_MILLIS);
        out.println(line(rig, factor));
        out.flush();
      }
    }
    return 0;
  }

  /** From how busy it is with fewer; a second look at half of it, where packets cost less. */
  private static int edge(OverloadRig rig) throws Exception {
    int viewers = FIRST_VIEWERS;
    double perViewer = 0;
    for (int look = 0; look < 3; look++) {
      rig.grow(viewers);
      Thread.sleep(SETTLE_MILLIS);
      perViewer = rig.statistics().utilisation() / viewers;
      viewers = Math.max(viewers, (int) ((look == 0 ? 0.4 : 0.7) / perViewer));
    }
    return (int) (1 / perViewer);
  }

  private String line(OverloadRig rig, double factor) throws InterruptedException {
    WorkerStatistics before = rig.statistics();
    Thread.sleep(seconds * 1000L);
    WorkerStatistics after = rig.statistics();
    long[] waits = waits(before, after);
    return "| %d | %.2f | %d | %.2f | %d | %s | %s | %s |"
        .formatted(
            after.viewers(),
            factor,
            (after.packets() - before.packets()) / seconds,
            after.utilisation(),
            (after.framesShed() - before.framesShed()) / seconds,
            bound(after, waits, 0.5),
            bound(after, waits, 0.99),
            rig.refuses() ? "refused" : "taken");
  }

  private static DelayHistogram.Snapshot pictures(WorkerStatistics statistics) {
    return Objects.requireNonNull(statistics.delays().get(FrameKind.PICTURE)).lastPacket();
  }

  private static long[] waits(WorkerStatistics before, WorkerStatistics after) {
    long[] counts = pictures(after).counts().clone();
    for (int i = 0; i < counts.length; i++) {
      counts[i] -= pictures(before).counts()[i];
    }
    return counts;
  }

  private static String bound(WorkerStatistics of, long[] counts, double part) {
    DelayHistogram.Snapshot waits =
        new DelayHistogram.Snapshot(pictures(of).boundsNanos(), counts, 0);
    long nanos = waits.percentileNanos(part);
    return nanos == Long.MAX_VALUE ? "> 1 s" : "%.1f ms".formatted(nanos / 1e6);
  }
}
