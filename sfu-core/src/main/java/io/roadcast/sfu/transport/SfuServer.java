package io.roadcast.sfu.transport;

import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpEngines;
import io.roadcast.sfu.tcp.TcpPort;
import io.roadcast.sfu.tcp.TcpStatistics;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forwarding side of a server: its sockets, workers and viewers, put together. */
public final class SfuServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SfuServer.class);

  /**
   * Handshakes cost half a millisecond of CPU each; more at once would only wait for each other.
   */
  private static final int MAX_HANDSHAKES = 64;

  /** Connections may be two for each viewer, and those of viewers that are not let in. */
  private static final int SPARE_CONNECTIONS = 1000;

  private static final long CLOSE_MILLIS = 2000;

  /** For the handshakes' farewell, which leaves on threads of its own. */
  private static final long FAREWELL_NANOS = 50_000_000;

  private final ViewerSessions viewers;
  private final List<MediaWorker> workers;
  private final SrtpEngine engine;
  private final List<UdpPort> ports;
  private final String portReason;
  private final @Nullable TcpPort tcp;
  private final DtlsServer dtls;
  private final DialOut dialOut;

  private SfuServer(
      ViewerSessions viewers,
      List<MediaWorker> workers,
      SrtpEngine engine,
      List<UdpPort> ports,
      String portReason,
      @Nullable TcpPort tcp,
      DtlsServer dtls,
      DialOut dialOut) {
    this.viewers = viewers;
    this.workers = workers;
    this.engine = engine;
    this.ports = List.copyOf(ports);
    this.portReason = portReason;
    this.tcp = tcp;
    this.dtls = dtls;
    this.dialOut = dialOut;
  }

  /**
   * As the other one, with the best encryption there is here.
   *
   * @throws IOException if the port can not be bound
   */
  public static SfuServer start(SfuConfig config) throws IOException {
    return start(config, SrtpEngines.chooseBest().engine(), Renditions.NONE);
  }

  /**
   * As the other one, with the stream's own pictures only.
   *
   * @throws IOException if the port can not be bound
   */
  public static SfuServer start(SfuConfig config, SrtpEngine engine, Renditions renditions)
      throws IOException {
    return start(config, engine, renditions, PictureRenditions.NONE);
  }

  /**
   * Binds the port and starts the workers.
   *
   * @param engine encrypts; blocks had best lie in the memory that it prefers
   * @param renditions makes sound that a viewer can take of sound that it cannot
   * @param pictures likewise of pictures, or smaller ones where they are asked for
   * @throws IOException if the port can not be bound
   */
  public static SfuServer start(
      SfuConfig config, SrtpEngine engine, Renditions renditions, PictureRenditions pictures)
      throws IOException {
    List<InetAddress> advertised = LocalAddresses.advertised(config);
    UdpPorts kind = UdpPorts.choose(config.sockets().udp(), config.sockets().segmentationOffload());
    MediaPorts bound = MediaPorts.bind(config, kind);
    ViewerDirectory directory = new ViewerDirectory();
    List<MediaWorker> workers = new ArrayList<>();
    for (UdpPort port : bound.udp()) {
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
    TcpPort tcp =
        bound.tcp() == null
            ? null
            : TcpPort.start(
                bound.tcp(), workers, directory, 2 * config.limits().viewers() + SPARE_CONNECTIONS);
    DtlsServer dtls = new DtlsServer(DtlsCertificate.generate(), MAX_HANDSHAKES);
    Thread.ofPlatform().daemon().name("crypto-warm-up").start(new CryptoWarmUp(engine));
    List<InetSocketAddress> addresses =
        advertised.stream().map(address -> new InetSocketAddress(address, bound.number())).toList();
    List<IceCandidate> candidates = candidates(addresses, bound);
    Negotiation negotiation =
        new Negotiation(candidates, dtls.certificate().fingerprint(), renditions, pictures);
    log.info(
        "media on UDP port {} ({}){}, SRTP by {}, {} worker(s), reached at {}",
        bound.number(),
        bound.udp().getFirst().name(),
        tcp == null ? "" : " and TCP",
        engine.name(),
        workers.size(),
        advertised.stream().map(InetAddress::getHostAddress).toList());
    return new SfuServer(
        new ViewerSessions(
            negotiation, dtls, directory, config, renditions, () -> overloaded(workers)),
        List.copyOf(workers),
        engine,
        bound.udp(),
        kind.reason(),
        tcp,
        dtls,
        new DialOut(addresses, workers.getFirst(), directory.dialled(), dtls));
  }

  private static List<IceCandidate> candidates(
      List<InetSocketAddress> addresses, MediaPorts bound) {
    List<IceCandidate> candidates = new ArrayList<>(IceCandidate.hosts(addresses));
    if (bound.tcp() != null) {
      candidates.addAll(IceCandidate.passive(addresses));
    }
    return candidates;
  }

  public ViewerSessions viewers() {
    return viewers;
  }

  /** The same port for going out to other servers. */
  public DialOut dialOut() {
    return dialOut;
  }

  /** The port that was bound, UDP and TCP. */
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

  /** The connections of viewers that come by TCP. */
  public TcpStatistics tcpStatistics() {
    return tcp == null ? TcpStatistics.none() : tcp.statistics();
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
    if (tcp != null) {
      tcp.close();
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
