package io.roadcast.sfu.transport;

import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpEngines;
import io.roadcast.sfu.udp.MediaWorker;
import io.roadcast.sfu.udp.UdpPort;
import io.roadcast.sfu.udp.ViewerDirectory;
import io.roadcast.sfu.udp.WorkerClock;
import io.roadcast.sfu.udp.WorkerStatistics;
import io.roadcast.sfu.webrtc.DtlsCertificate;
import io.roadcast.sfu.webrtc.DtlsServer;
import io.roadcast.sfu.webrtc.IceCandidate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forwarding side of a server: its sockets, workers and viewers, put together. */
public final class SfuServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SfuServer.class);

  /**
   * Handshakes cost half a millisecond of CPU each; more at once would only wait for each other.
   */
  private static final int MAX_HANDSHAKES = 64;

  private static final long CLOSE_MILLIS = 2000;

  /** For the handshakes' farewell, which leaves on threads of its own. */
  private static final long FAREWELL_NANOS = 50_000_000;

  private final ViewerSessions viewers;
  private final List<MediaWorker> workers;
  private final SrtpEngine engine;
  private final List<UdpPort> ports;
  private final String portReason;
  private final DtlsServer dtls;

  private SfuServer(
      ViewerSessions viewers,
      List<MediaWorker> workers,
      SrtpEngine engine,
      List<UdpPort> ports,
      String portReason,
      DtlsServer dtls) {
    this.viewers = viewers;
    this.workers = workers;
    this.engine = engine;
    this.ports = List.copyOf(ports);
    this.portReason = portReason;
    this.dtls = dtls;
  }

  /**
   * As the other one, with the best encryption there is here.
   *
   * @throws IOException if the port can not be bound
   */
  public static SfuServer start(SfuConfig config) throws IOException {
    return start(config, SrtpEngines.chooseBest().engine());
  }

  /**
   * Binds the port and starts the workers.
   *
   * @param engine encrypts; blocks had best lie in the memory that it prefers
   * @throws IOException if the port can not be bound
   */
  public static SfuServer start(SfuConfig config, SrtpEngine engine) throws IOException {
    List<InetAddress> advertised = LocalAddresses.advertised(config);
    UdpPorts kind = UdpPorts.choose(config.udp(), config.segmentationOffload());
    List<UdpPort> ports = kind.bind(config, config.workerCount());
    ViewerDirectory directory = new ViewerDirectory();
    List<MediaWorker> workers = new ArrayList<>();
    for (UdpPort port : ports) {
      workers.add(
          new MediaWorker(
              workers.size(),
              port,
              engine,
              config.workerSettings(),
              WorkerClock.SYSTEM,
              directory));
    }
    workers.forEach(MediaWorker::start);
    int bound = ports.getFirst().localAddress().getPort();
    DtlsServer dtls = new DtlsServer(DtlsCertificate.generate(), MAX_HANDSHAKES);
    Thread.ofPlatform().daemon().name("crypto-warm-up").start(new CryptoWarmUp(engine));
    List<IceCandidate> candidates =
        IceCandidate.hosts(
            advertised.stream().map(address -> new InetSocketAddress(address, bound)).toList());
    Negotiation negotiation = new Negotiation(candidates, dtls.certificate().fingerprint());
    log.info(
        "media on UDP port {} ({}), SRTP by {}, {} worker(s), reached at {}",
        bound,
        ports.getFirst().name(),
        engine.name(),
        workers.size(),
        advertised.stream().map(InetAddress::getHostAddress).toList());
    return new SfuServer(
        new ViewerSessions(negotiation, dtls, directory, config, () -> overloaded(workers)),
        List.copyOf(workers),
        engine,
        ports,
        kind.reason(),
        dtls);
  }

  public ViewerSessions viewers() {
    return viewers;
  }

  /** The UDP port that was bound. */
  public int port() {
    return ports.getFirst().localAddress().getPort();
  }

  /** One per worker. */
  public List<WorkerStatistics> workerStatistics() {
    return workers.stream().map(MediaWorker::statistics).toList();
  }

  /** Whether every worker's loop turned within this time. */
  public boolean turning(Duration within) {
    long now = System.nanoTime();
    return workers.stream().allMatch(worker -> now - worker.lastTurnNanos() <= within.toNanos());
  }

  /**
   * Which worker a viewer comes to is not known when it asks; one that can not keep up may be left
   * alone by chance, half of them may not.
   */
  private static boolean overloaded(List<MediaWorker> workers) {
    long busy = workers.stream().filter(MediaWorker::overloaded).count();
    return 2 * busy >= workers.size();
  }

  /** What encrypts, for logs and metrics. */
  public String srtpEngine() {
    return engine.name();
  }

  /** What sends and receives, for logs and metrics. */
  public UdpPortStatus udpPort() {
    return new UdpPortStatus(
        ports.getFirst().name(), ports.stream().allMatch(UdpPort::segments), portReason);
  }

  /** DTLS handshakes that were not begun because too many were running. */
  public long refusedHandshakes() {
    return dtls.refusedHandshakes();
  }

  /**
   * Makes the first viewer's handshake as quick as the next ones', on a thread of its own. To be
   * called once, when everything else has started.
   */
  public void rehearse() {
    Thread.ofPlatform()
        .daemon()
        .name("dtls-rehearsal")
        .start(() -> CryptoWarmUp.rehearseHandshakes(dtls.certificate()));
  }

  /** Tells all viewers goodbye, then stops the workers and closes the port. */
  @Override
  public void close() {
    try {
      viewers.closeAll().get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      LockSupport.parkNanos(FAREWELL_NANOS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("not all viewers could be told goodbye: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (MediaWorker worker : workers) {
      stop(worker);
    }
    viewers.finish();
  }

  private static void stop(MediaWorker worker) {
    try {
      worker.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
