package io.roadcast.bench.uplink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Sends from many terminals to a server and compares what left here with what came in there. */
public final class UplinkRun {
  private static final long FIRST_TERMINAL = 14_000_000_000L;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final long STAGGER_NANOS = 500_000;

  /**
   * What is sent.
   *
   * @param count terminals
   * @param bitRate of each, packets' headers included
   * @param senders threads
   */
  public record Load(int count, int bitRate, int pictureRate, int keyframeSeconds, int senders) {}

  /**
   * What came of it, over the measured time.
   *
   * @param sentPackets over the whole run, as are the server's counts that it is compared with
   * @param latest the longest that a picture left here after it was due
   * @param serverCores how many cores the server kept busy
   */
  public record Result(
      int count,
      Duration measured,
      double picturesPerSecond,
      double packetsPerSecond,
      double megabitsPerSecond,
      long sentPackets,
      long receivedPackets,
      long gaps,
      long dropped,
      long brokenConnections,
      Duration latest,
      double serverCores,
      long serverResidentBytes) {
    /** Whether everything arrived, and left here when it should. */
    public boolean clean() {
      return sentPackets == receivedPackets
          && gaps == 0
          && dropped == 0
          && brokenConnections == 0
          && latest.compareTo(Duration.ofSeconds(1)) < 0;
    }
  }

  private final ServerUnderLoad server;
  private final Load load;
  private final Consumer<String> progress;
  private final UplinkCounts counts = new UplinkCounts();

  public UplinkRun(ServerUnderLoad server, Load load, Consumer<String> progress) {
    this.server = server;
    this.load = load;
    this.progress = progress;
  }

  /** Connects all, sends for a while, measures, closes. */
  public Result run(InetSocketAddress address, Duration measured)
      throws IOException, InterruptedException {
    PicturePlan plan = PicturePlan.of(load.bitRate(), load.pictureRate(), load.keyframeSeconds());
    List<UplinkSender> senders = new ArrayList<>();
    for (int i = 0; i < load.senders(); i++) {
      senders.add(new UplinkSender(plan));
    }
    for (int i = 0; i < load.count(); i++) {
      long phase = plan.intervalNanos() * i / load.count();
      String digits = Long.toString(FIRST_TERMINAL + i);
      senders.get(i % senders.size()).add(address, digits, phase, counts);
      LockSupport.parkNanos(STAGGER_NANOS);
    }
    progress.accept(load.count() + " connected");
    List<Thread> threads =
        senders.stream().map(sender -> Thread.ofPlatform().name("sender").start(sender)).toList();
    Result result = measure(measured, senders, threads);
    for (UplinkSender sender : senders) {
      sender.closeAll();
    }
    return result;
  }

  private Result measure(Duration measured, List<UplinkSender> senders, List<Thread> threads)
      throws IOException, InterruptedException {
    pause(WARM_UP);
    counts.latestNanos.set(0);
    long pictures = counts.pictures.sum();
    long packets = counts.packets.sum();
    long bytes = counts.bytes.sum();
    Duration cpu = server.cpuTime();
    long start = System.nanoTime();
    pause(measured);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cores = server.cpuTime().minus(cpu).toNanos() / 1e9 / seconds;
    double picturesPerSecond = (counts.pictures.sum() - pictures) / seconds;
    double packetsPerSecond = (counts.packets.sum() - packets) / seconds;
    double bitsPerSecond = (counts.bytes.sum() - bytes) * 8 / seconds;
    long latest = counts.latestNanos.get();
    long resident = server.residentBytes();
    senders.forEach(UplinkSender::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    pause(DRAIN);
    ServerMetrics metrics = server.metrics();
    return new Result(
        load.count(),
        Duration.ofMillis(Math.round(seconds * 1000)),
        picturesPerSecond,
        packetsPerSecond,
        bitsPerSecond / 1e6,
        counts.packets.sum(),
        metrics.sum("roadcast_ingest_packets_total", "port=\"main\""),
        metrics.sum("roadcast_ingest_gaps_total", "port=\"main\""),
        metrics.sum("roadcast_ingest_dropped_total", "port=\"main\""),
        counts.broken.sum(),
        Duration.ofNanos(latest),
        cores,
        resident);
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
