package io.roadcast.sfu.transport;

import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.udp.TrackPlan;
import io.roadcast.sfu.udp.Viewer;
import io.roadcast.sfu.udp.ViewerDirectory;
import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerEvents;
import io.roadcast.sfu.udp.ViewerHandshake;
import io.roadcast.sfu.udp.ViewerQuality;
import io.roadcast.sfu.udp.ViewerState;
import io.roadcast.sfu.webrtc.CodecNotSupportedException;
import io.roadcast.sfu.webrtc.DtlsEndpoint;
import io.roadcast.sfu.webrtc.DtlsFailure;
import io.roadcast.sfu.webrtc.DtlsListener;
import io.roadcast.sfu.webrtc.DtlsServer;
import io.roadcast.sfu.webrtc.SdpException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewers of this server: takes offers, answers them at once, and knows who watches what. All
 * methods may be called on any thread.
 */
public final class ViewerSessions {
  private static final Logger log = LoggerFactory.getLogger(ViewerSessions.class);
  private static final long SWEEP_MILLIS = 1000;

  private final Negotiation negotiation;
  private final DtlsServer dtls;
  private final ViewerDirectory directory;
  private final Duration connectTimeout;
  private final ViewerCounts counts;
  private final BooleanSupplier overloaded;
  private final Renditions renditions;
  private final Notices notices = new Notices();
  private final ConcurrentHashMap<UUID, ViewerSession> sessions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timeouts =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("viewer-timeouts").factory());
  private volatile @Nullable StreamSource smallerStreams;
  private volatile boolean closed;

  /**
   * @param renditions makes sound that a viewer can take
   * @param overloaded whether another viewer would be too many now
   */
  ViewerSessions(
      Negotiation negotiation,
      DtlsServer dtls,
      ViewerDirectory directory,
      SfuConfig config,
      Renditions renditions,
      BooleanSupplier overloaded) {
    this.renditions = renditions;
    this.overloaded = overloaded;
    this.negotiation = negotiation;
    this.dtls = dtls;
    this.directory = directory;
    this.connectTimeout = config.timeouts().connect();
    this.counts = new ViewerCounts(config.limits().viewers(), config.limits().viewersPerStream());
    timeouts.scheduleWithFixedDelay(
        this::dropUnconnected, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Answers an offer. From the return on the viewer's checks are answered; it is dropped if it does
   * not connect in time. A lease among the options is the session's affair from the return on; if
   * this throws, it remains the caller's.
   *
   * @throws SdpException if the offer can not be understood
   * @throws CodecNotSupportedException if the viewer can not take what the stream has
   * @throws ViewerRefusedException if another attempt later may succeed
   */
  public ViewerSession open(Stream stream, String sdpOffer, ViewerOptions options)
      throws SdpException, CodecNotSupportedException, ViewerRefusedException {
    if (closed) {
      throw new TooManyViewersException("the server is stopping");
    }
    if (overloaded.getAsBoolean()) {
      counts.refuse();
      throw new ServerOverloadedException();
    }
    counts.enter(stream.id());
    ViewerSession session;
    try {
      session = session(stream, negotiation.answer(stream, sdpOffer, options.profile()), options);
    } catch (Exception e) {
      counts.leave(stream.id());
      throw e;
    }
    session.learnCandidates(sdpOffer);
    sessions.put(session.id(), session);
    directory.add(session.viewer());
    if (closed) {
      close(session.id(), ViewerEnd.SERVER_STOPPING);
    }
    log.info("viewer {} of {} ({}): offer answered", session.id(), stream, options.peer());
    return session;
  }

  /** Whether viewers may ask for smaller pictures by this name, see {@link ViewerOptions#in}. */
  public boolean knowsProfile(String name) {
    return negotiation.knowsProfile(name);
  }

  public Optional<ViewerSession> find(UUID id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /**
   * Where sub-streams come from, for viewers whose paths carry less than what they asked for;
   * without it their pictures are thinned out.
   */
  public void smallerStreams(StreamSource source) {
    smallerStreams = source;
  }

  /** The viewers of a stream, oldest first. */
  public List<ViewerSession> list(StreamId stream) {
    return list().stream().filter(session -> session.streamId().equals(stream)).toList();
  }

  /** All viewers, oldest first. */
  public List<ViewerSession> list() {
    return sessions.values().stream()
        .sorted(
            Comparator.comparingLong(ViewerSession::openedNanos).thenComparing(ViewerSession::id))
        .toList();
  }

  /** Closes a viewer, telling it. Returns at once; false if there is none of that id. */
  public boolean close(UUID id, ViewerEnd end) {
    ViewerSession session = sessions.get(id);
    if (session == null) {
      return false;
    }
    session.viewer().close(end);
    return true;
  }

  public int count() {
    return counts.inAll();
  }

  public int count(StreamId stream) {
    return counts.of(stream);
  }

  /** How many offers were refused for lack of room. */
  public long refused() {
    return counts.refused();
  }

  public void addListener(ViewerListener listener) {
    notices.add(listener);
  }

  public void removeListener(ViewerListener listener) {
    notices.remove(listener);
  }

  /** Takes no more offers and closes all viewers; done when the last one is closed. */
  CompletableFuture<Void> closeAll() {
    closed = true;
    timeouts.shutdownNow();
    List<ViewerSession> last = list();
    last.forEach(session -> session.viewer().close(ViewerEnd.SERVER_STOPPING));
    return CompletableFuture.allOf(
        last.stream().map(ViewerSession::ended).toArray(CompletableFuture<?>[]::new));
  }

  /** After the last viewer was closed: brings the last notices. */
  void finish() {
    notices.close();
  }

  private ViewerSession session(
      Stream source, Negotiation.Agreement agreement, ViewerOptions options) {
    Viewer viewer = new Viewer(agreement.plan(), new Events(agreement.plan().id()), directory);
    DtlsEndpoint endpoint =
        dtls.endpoint(agreement.peer(), viewer::sendDatagram, new HandshakeEnd(viewer));
    viewer.handshake(new Handshake(endpoint));
    TrackPlan audio = agreement.plan().audio();
    return new ViewerSession(
        viewer,
        agreement.answer(),
        options,
        source,
        stream -> audio == null ? () -> {} : renditions.take(stream, audio.codec()),
        stream -> negotiation.pictures(stream, options.profile()),
        agreement.pictures());
  }

  /** Viewers that no worker has heard of; the others' times are their workers' affair. */
  private void dropUnconnected() {
    long now = System.nanoTime();
    for (ViewerSession session : sessions.values()) {
      if (session.state() == ViewerState.CONNECTING
          && now - session.openedNanos() > connectTimeout.toNanos()) {
        session.viewer().close(ViewerEnd.NEVER_CONNECTED);
      }
    }
  }

  private void tell(UUID id, BiConsumer<ViewerListener, ViewerSession> news) {
    ViewerSession session = sessions.get(id);
    if (session != null) {
      notices.tell(listener -> news.accept(listener, session));
    }
  }

  /** The viewer's DTLS endpoint, as its worker sees it. */
  private record Handshake(DtlsEndpoint endpoint) implements ViewerHandshake {
    @Override
    public void received(byte[] datagram) {
      endpoint.receive(datagram);
    }

    @Override
    public void close() {
      endpoint.close();
    }
  }

  /** What the handshake leads to. */
  private record HandshakeEnd(Viewer viewer) implements DtlsListener {
    @Override
    public void established(SrtpKeys keys) {
      viewer.keysReady(keys);
    }

    @Override
    public void failed(DtlsFailure failure, String detail) {
      log.info("viewer {}: handshake failed: {} ({})", viewer.plan().id(), failure, detail);
      viewer.close(ViewerEnd.HANDSHAKE_FAILED);
    }

    @Override
    public void closedByPeer() {
      viewer.close(ViewerEnd.LEFT);
    }
  }

  private final class Events implements ViewerEvents {
    private final UUID id;

    Events(UUID id) {
      this.id = id;
    }

    @Override
    public void connected() {
      tell(id, ViewerListener::connected);
    }

    @Override
    public void streamInterrupted() {
      tell(id, ViewerListener::streamInterrupted);
    }

    @Override
    public void streamResumed() {
      tell(id, ViewerListener::streamResumed);
    }

    @Override
    public void qualityChanged(ViewerQuality quality) {
      tell(id, (listener, session) -> listener.qualityChanged(session, quality));
    }

    @Override
    public void smallerWanted() {
      find(id).ifPresent(session -> session.demandSmaller(smallerStreams));
    }

    @Override
    public void smallerUnwanted() {
      find(id).ifPresent(ViewerSession::releaseSmaller);
    }

    @Override
    public void streamEnded(String reason) {
      tell(id, (listener, session) -> listener.streamEnded(session, reason));
    }

    @Override
    public void closed(ViewerEnd end) {
      tell(id, (listener, session) -> listener.closed(session, end));
      ViewerSession session = sessions.remove(id);
      if (session != null) {
        counts.leave(session.streamId());
        session.release();
        log.info("viewer {} of {} closed: {}", id, session.streamId(), end);
        session.ended().complete(null);
      }
    }
  }
}
