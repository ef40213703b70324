package io.roadcast.sfu.transport;

import io.roadcast.sfu.udp.PlayoutDelay;
import io.roadcast.sfu.udp.WorkerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The media port and its viewers.
 *
 * @param workers threads with a socket each, up to 64; 0 chooses by the processors
 */
public record SfuConfig(
    Addresses addresses,
    int workers,
    Limits limits,
    Timeouts timeouts,
    Sending sending,
    Sockets sockets) {
  private static final int AUTOMATIC = 0;
  private static final int MAX_WORKERS = 64;
  private static final int BYTES_PER_MILLI_OF_A_MEGABIT = 125;
  private static final int MAX_QUEUED_FRAMES = 4096;

  /**
   * Where viewers find the port.
   *
   * @param bind where to listen: one address, or all if this is empty or names several
   * @param port for all media, over TCP too; 0 takes any free one
   * @param published under which viewers reach this machine from outside (mapped 1:1), offered
   *     before its own
   */
  public record Addresses(List<InetAddress> bind, int port, List<InetAddress> published) {
    public Addresses {
      bind = List.copyOf(bind);
      published = List.copyOf(published);
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("a port is a number from 0 to 65535");
      }
    }
  }

  /** How many viewers there may be, in all and of one stream. */
  public record Limits(int viewers, int viewersPerStream) {
    public Limits {
      if (viewers < 1 || viewersPerStream < 1) {
        throw new IllegalArgumentException("limits of viewers are positive");
      }
    }
  }

  /**
   * How long is waited for viewers.
   *
   * @param connect until when a viewer has to have its keys
   * @param consent without an authenticated check a viewer is gone after this
   */
  public record Timeouts(Duration connect, Duration consent) {}

  /**
   * What is sent.
   *
   * @param burstMegabitsPerViewer rate of the replay that a joining viewer is sent
   * @param burstMegabitsPerWorker rate of all replays of a worker together
   * @param window how far back lost packets can be sent again at least; the current group of
   *     pictures is kept anyway
   * @param maxWindowBytes of one stream on one worker
   */
  public record Sending(
      int burstMegabitsPerViewer,
      int burstMegabitsPerWorker,
      PlayoutDelay playoutDelay,
      Duration window,
      int maxWindowBytes) {}

  /**
   * How the system is asked.
   *
   * @param bufferBytes asked of the system for each socket and direction
   * @param udp which kind of port
   * @param tcp whether viewers may also connect by TCP, to a port of the same number
   */
  public record Sockets(
      int bufferBytes, UdpPortKind udp, SegmentationOffload segmentationOffload, boolean tcp) {}

  public SfuConfig {
    if (workers < 0 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException("there are up to " + MAX_WORKERS + " workers");
    }
  }

  /** What reference.yaml says too; a test of the server holds them together. */
  public static SfuConfig defaults() {
    return new SfuConfig(
        new Addresses(List.of(), 10_000, List.of()),
        AUTOMATIC,
        new Limits(2_000, 1_000),
        new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(30)),
        new Sending(100, 500, PlayoutDelay.LOWEST, Duration.ofSeconds(2), 16 * 1024 * 1024),
        new Sockets(4 * 1024 * 1024, UdpPortKind.AUTO, SegmentationOffload.AUTO, true));
  }

  public SfuConfig withUdpPort(int port) {
    return with(new Addresses(addresses.bind, port, addresses.published));
  }

  public SfuConfig withPublicAddresses(List<InetAddress> published) {
    return with(new Addresses(addresses.bind, addresses.port, published));
  }

  public SfuConfig withBindAddresses(List<InetAddress> bind) {
    return with(new Addresses(bind, addresses.port, addresses.published));
  }

  private SfuConfig with(Addresses others) {
    return new SfuConfig(others, workers, limits, timeouts, sending, sockets);
  }

  public SfuConfig withWorkers(int count) {
    return new SfuConfig(addresses, count, limits, timeouts, sending, sockets);
  }

  public SfuConfig withLimits(int viewers, int viewersPerStream) {
    return new SfuConfig(
        addresses, workers, new Limits(viewers, viewersPerStream), timeouts, sending, sockets);
  }

  public SfuConfig withTimeouts(Duration connect, Duration consent) {
    return new SfuConfig(
        addresses, workers, limits, new Timeouts(connect, consent), sending, sockets);
  }

  public SfuConfig withPlayoutDelay(PlayoutDelay delay) {
    Sending other =
        new Sending(
            sending.burstMegabitsPerViewer,
            sending.burstMegabitsPerWorker,
            delay,
            sending.window,
            sending.maxWindowBytes);
    return new SfuConfig(addresses, workers, limits, timeouts, other, sockets);
  }

  public SfuConfig withUdp(UdpPortKind kind, SegmentationOffload offload) {
    Sockets others = new Sockets(sockets.bufferBytes, kind, offload, sockets.tcp);
    return new SfuConfig(addresses, workers, limits, timeouts, sending, others);
  }

  /** Where to listen: the one address that was chosen, or all. */
  InetAddress listenAddress() {
    return addresses.bind.size() == 1
        ? addresses.bind.getFirst()
        : new InetSocketAddress(0).getAddress();
  }

  /**
   * How many workers there are: if nobody said, one for each processor but one, which is left to
   * what comes in, to handshakes and to the collector.
   */
  int workerCount() {
    int processors = Runtime.getRuntime().availableProcessors();
    return workers == AUTOMATIC ? Math.clamp(processors - 1, 1, MAX_WORKERS) : workers;
  }

  WorkerSettings workerSettings() {
    return new WorkerSettings(
        timeouts.connect,
        timeouts.consent,
        sending.burstMegabitsPerViewer * BYTES_PER_MILLI_OF_A_MEGABIT,
        sending.burstMegabitsPerWorker * BYTES_PER_MILLI_OF_A_MEGABIT,
        sending.playoutDelay,
        sending.window,
        sending.maxWindowBytes,
        MAX_QUEUED_FRAMES);
  }
}
