package io.roadcast.sfu.transport;

import io.roadcast.sfu.udp.PlayoutDelay;
import io.roadcast.sfu.udp.WorkerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * @param bindAddresses where to listen: one address, or all if this is empty or names several
 * @param udpPort for all media, over TCP too; 0 takes any free one
 * @param publicAddresses under which viewers reach this machine from outside (mapped 1:1), offered
 *     before its own
 * @param workers threads with a socket each, up to 64; 0 chooses by the processors
 * @param maxViewers in all
 * @param connectTimeout until when a viewer has to have its keys
 * @param consentTimeout without an authenticated check a viewer is gone after this
 * @param burstMegabitsPerViewer rate of the replay that a joining viewer is sent
 * @param burstMegabitsPerWorker rate of all replays of a worker together
 * @param window how far back lost packets can be sent again at least; the current group of pictures
 *     is kept anyway
 * @param maxWindowBytes of one stream on one worker
 * @param socketBufferBytes asked of the system for each socket and direction
 * @param udp which kind of port
 * @param tcp whether viewers may also connect by TCP, to a port of the same number
 */
public record SfuConfig(
    List<InetAddress> bindAddresses,
    int udpPort,
    List<InetAddress> publicAddresses,
    int workers,
    int maxViewers,
    int maxViewersPerStream,
    Duration connectTimeout,
    Duration consentTimeout,
    int burstMegabitsPerViewer,
    int burstMegabitsPerWorker,
    PlayoutDelay playoutDelay,
    Duration window,
    int maxWindowBytes,
    int socketBufferBytes,
    UdpPortKind udp,
    SegmentationOffload segmentationOffload,
    boolean tcp) {
  private static final int AUTOMATIC = 0;
  private static final int MAX_WORKERS = 64;
  private static final int BYTES_PER_MILLI_OF_A_MEGABIT = 125;
  private static final int MAX_QUEUED_FRAMES = 4096;

  public SfuConfig {
    bindAddresses = List.copyOf(bindAddresses);
    publicAddresses = List.copyOf(publicAddresses);
    if (workers < 0 || workers > MAX_WORKERS || udpPort < 0 || udpPort > 65_535) {
      throw new IllegalArgumentException("up to 64 workers on a port of 0 to 65535");
    }
    if (maxViewers < 1 || maxViewersPerStream < 1) {
      throw new IllegalArgumentException("limits of viewers are positive");
    }
  }

  /** What reference.yaml says too; a test of the server holds them together. */
  public static SfuConfig defaults() {
    return new SfuConfig(
        List.of(),
        10_000,
        List.of(),
        AUTOMATIC,
        2_000,
        1_000,
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        100,
        500,
        PlayoutDelay.LOWEST,
        Duration.ofSeconds(2),
        16 * 1024 * 1024,
        4 * 1024 * 1024,
        UdpPortKind.AUTO,
        SegmentationOffload.AUTO,
        true);
  }

  public SfuConfig withUdpPort(int port) {
    return copy(bindAddresses, port, publicAddresses, workers, maxViewers, maxViewersPerStream);
  }

  public SfuConfig withWorkers(int count) {
    return copy(bindAddresses, udpPort, publicAddresses, count, maxViewers, maxViewersPerStream);
  }

  public SfuConfig withPublicAddresses(List<InetAddress> addresses) {
    return copy(bindAddresses, udpPort, addresses, workers, maxViewers, maxViewersPerStream);
  }

  public SfuConfig withBindAddresses(List<InetAddress> addresses) {
    return copy(addresses, udpPort, publicAddresses, workers, maxViewers, maxViewersPerStream);
  }

  public SfuConfig withLimits(int viewers, int viewersPerStream) {
    return copy(bindAddresses, udpPort, publicAddresses, workers, viewers, viewersPerStream);
  }

  public SfuConfig withTimeouts(Duration connect, Duration consent) {
    return new SfuConfig(
        bindAddresses,
        udpPort,
        publicAddresses,
        workers,
        maxViewers,
        maxViewersPerStream,
        connect,
        consent,
        burstMegabitsPerViewer,
        burstMegabitsPerWorker,
        playoutDelay,
        window,
        maxWindowBytes,
        socketBufferBytes,
        udp,
        segmentationOffload,
        tcp);
  }

  public SfuConfig withPlayoutDelay(PlayoutDelay delay) {
    return new SfuConfig(
        bindAddresses,
        udpPort,
        publicAddresses,
        workers,
        maxViewers,
        maxViewersPerStream,
        connectTimeout,
        consentTimeout,
        burstMegabitsPerViewer,
        burstMegabitsPerWorker,
        delay,
        window,
        maxWindowBytes,
        socketBufferBytes,
        udp,
        segmentationOffload,
        tcp);
  }

  public SfuConfig withUdp(UdpPortKind kind, SegmentationOffload offload) {
    return new SfuConfig(
        bindAddresses,
        udpPort,
        publicAddresses,
        workers,
        maxViewers,
        maxViewersPerStream,
        connectTimeout,
        consentTimeout,
        burstMegabitsPerViewer,
        burstMegabitsPerWorker,
        playoutDelay,
        window,
        maxWindowBytes,
        socketBufferBytes,
        kind,
        offload,
        tcp);
  }

  /** Where to listen: the one address that was chosen, or all. */
  InetAddress listenAddress() {
    return bindAddresses.size() == 1
        ? bindAddresses.getFirst()
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
        connectTimeout,
        consentTimeout,
        burstMegabitsPerViewer * BYTES_PER_MILLI_OF_A_MEGABIT,
        burstMegabitsPerWorker * BYTES_PER_MILLI_OF_A_MEGABIT,
        playoutDelay,
        window,
        maxWindowBytes,
        MAX_QUEUED_FRAMES);
  }

  private SfuConfig copy(
      List<InetAddress> bind,
      int port,
      List<InetAddress> mapped,
      int workerCount,
      int viewers,
      int viewersPerStream) {
    return new SfuConfig(
        bind,
        port,
        mapped,
        workerCount,
        viewers,
        viewersPerStream,
        connectTimeout,
        consentTimeout,
        burstMegabitsPerViewer,
        burstMegabitsPerWorker,
        playoutDelay,
        window,
        maxWindowBytes,
        socketBufferBytes,
        udp,
        segmentationOffload,
        tcp);
  }
}
