package io.roadcast.recorder.playback;

import io.roadcast.recorder.playback.PlaybackException.Code;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.router.StreamUnavailableException;
import io.roadcast.sfu.transport.ViewerListener;
import io.roadcast.sfu.transport.ViewerOptions;
import io.roadcast.sfu.transport.ViewerRefusedException;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.transport.ViewerSessions;
import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerState;
import io.roadcast.sfu.webrtc.CodecNotSupportedException;
import io.roadcast.sfu.webrtc.SdpException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewers of this node that are shown recordings: at most so many at once, each as long as its
 * session lasts or until it is shown what is live. Any thread; the methods that begin, order and
 * list block.
 */
public final class Playbacks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Playbacks.class);
  private static final long PATIENCE_SECONDS = 10;

  /** A camera that does not send is asked to. */
  private static final long CAMERA_SECONDS = 26;

  private final Archive archive;
  private final Router router;
  private final ViewerSessions sessions;
  private final StreamSource cameras;
  private final int most;
  private final ConcurrentHashMap<UUID, Playback> playbacks = new ConcurrentHashMap<>();
  private final List<PlaybackListener> listeners = new CopyOnWriteArrayList<>();
  private final ViewerListener ends = new Ends();
  private final AtomicInteger places = new AtomicInteger();
  private final LongAdder begun = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder seeks = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * @param cameras where live streams come from
   * @param most viewers that may be shown recordings at once
   */
  public Playbacks(
      Archive archive, Router router, ViewerSessions sessions, StreamSource cameras, int most) {
    this.archive = archive;
    this.router = router;
    this.sessions = sessions;
    this.cameras = cameras;
    this.most = most;
    sessions.addListener(ends);
  }

  /**
   * Answers the offer of a viewer that begins in the past.
   *
   * @param permitted what it may see; all else is as if it were not there
   */
  public ViewerSession open(
      StreamId stream,
      Instant at,
      Predicate<Segment> permitted,
      String sdpOffer,
      ViewerOptions options)
      throws PlaybackException, SdpException, CodecNotSupportedException, ViewerRefusedException {
    takePlace();
    SessionScreen screen = new SessionScreen();
    Playback playback = playback(stream, permitted, screen, at);
    playback.start();
    boolean open = false;
    try {
      await(playback.order(new PlaybackOrder.Seek(at)));
      ViewerSession session = sessions.open(playback.stream(), sdpOffer, options);
      screen.session = session;
      open = true;
      enter(session, playback);
      return session;
    } finally {
      if (!open) {
        playback.close();
        places.decrementAndGet();
      }
    }
  }

  /**
   * Has a viewer shown what it wants.
   *
   * @param permitted as for {@link #open}; of use where the order begins a playback
   * @return what it is shown now
   * @throws StreamUnavailableException if what is live can not be had
   */
  public PlaybackStatus order(UUID viewer, PlaybackOrder order, Predicate<Segment> permitted)
      throws PlaybackException, StreamUnavailableException {
    ViewerSession session =
        sessions
            .find(viewer)
            .orElseThrow(
                () -> new PlaybackException(Code.VIEWER_NOT_FOUND, "There is no such viewer."));
    seeks.add(order instanceof PlaybackOrder.Seek ? 1 : 0);
    Playback present = playbacks.get(viewer);
    if (order instanceof PlaybackOrder.Live) {
      return present == null ? PlaybackStatus.live() : goLive(session, present);
    }
    return present == null ? begin(session, order, permitted) : await(present.order(order));
  }

  private PlaybackStatus begin(
      ViewerSession session, PlaybackOrder order, Predicate<Segment> permitted)
      throws PlaybackException {
    Instant at =
        switch (order) {
          case PlaybackOrder.Seek(Instant wanted) -> wanted;
          case PlaybackOrder.Pause pause -> Instant.now();
          case PlaybackOrder.Step step -> Instant.now();
          default -> throw new PlaybackException(Code.NOT_PLAYING, "The picture is live.");
        };
    takePlace();
    SessionScreen screen = new SessionScreen();
    screen.session = session;
    Playback playback = playback(session.streamId(), permitted, screen, at);
    CompletableFuture<PlaybackStatus> obeyed = playback.order(order);
    if (!(order instanceof PlaybackOrder.Seek)) {
      screen.show(playback.stream()); // it is dark: the picture stands still
    }
    if (playbacks.putIfAbsent(session.id(), playback) != null) {
      places.decrementAndGet();
      throw new PlaybackException(Code.NOT_PLAYING, "Two orders came at once; ask again.");
    }
    playback.start();
    leaveIfOver(session, playback);
    boolean good = false;
    try {
      PlaybackStatus status = await(obeyed);
      begun.increment();
      good = true;
      return status;
    } finally {
      if (!good) {
        leave(session.id(), playback);
      }
    }
  }

  private void enter(ViewerSession session, Playback playback) {
    playbacks.put(session.id(), playback);
    begun.increment();
    leaveIfOver(session, playback);
  }

  private void leaveIfOver(ViewerSession session, Playback playback) {
    if (session.state() == ViewerState.CLOSED) {
      leave(session.id(), playback);
    }
  }

  /** What a viewer is shown; empty if there is none. */
  public PlaybackStatus status(UUID viewer) {
    Playback playback = playbacks.get(viewer);
    return playback == null ? PlaybackStatus.live() : playback.status();
  }

  /** When there are pictures of a stream. */
  public List<Span> recorded(
      StreamId stream, Instant from, Instant to, Predicate<Segment> permitted) {
    return archive.of(stream, permitted).spans(from, to);
  }

  public void addListener(PlaybackListener listener) {
    listeners.add(listener);
  }

  public PlaybackStatistics statistics() {
    return new PlaybackStatistics(
        playbacks.size(), begun.sum(), refused.sum(), seeks.sum(), failed.sum());
  }

  /** Ends all. */
  @Override
  public void close() {
    sessions.removeListener(ends);
    playbacks.forEach(this::leave);
  }

  private PlaybackStatus goLive(ViewerSession session, Playback playback)
      throws PlaybackException, StreamUnavailableException {
    StreamLease lease = cameras.demand(session.streamId(), LeaseHolder.VIEWER);
    boolean adopted = false;
    try {
      Stream live = await(lease);
      PlaybackStatus status = await(playback.leave(() -> session.show(live)));
      adopted = session.adopt(lease);
      leave(session.id(), playback);
      tell(session.id(), status);
      return status;
    } finally {
      if (!adopted) {
        lease.close();
      }
    }
  }

  private Stream await(StreamLease lease) throws PlaybackException, StreamUnavailableException {
    try {
      return lease.live().toCompletableFuture().get(CAMERA_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof StreamUnavailableException unavailable) {
        throw unavailable;
      }
      throw new CompletionException(failure.getCause());
    } catch (TimeoutException | InterruptedException slow) {
      throw late(slow);
    }
  }

  private static PlaybackStatus await(CompletableFuture<PlaybackStatus> obeyed)
      throws PlaybackException {
    try {
      return obeyed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof PlaybackException refusal) {
        throw refusal;
      }
      if (failure.getCause() instanceof RuntimeException other) {
        throw other;
      }
      throw new CompletionException(failure.getCause());
    } catch (TimeoutException | InterruptedException slow) {
      throw late(slow);
    }
  }

  private static PlaybackException late(Exception slow) {
    if (slow instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new PlaybackException(Code.UNREADABLE, "The picture did not come in time.");
  }

  private void takePlace() throws PlaybackException {
    if (places.incrementAndGet() > most) {
      places.decrementAndGet();
      refused.increment();
      throw new PlaybackException(
          Code.TOO_MANY_PLAYBACKS, "As many recordings are shown as may be at once.");
    }
  }

  private Playback playback(
      StreamId stream, Predicate<Segment> permitted, SessionScreen screen, Instant at) {
    return new Playback(stream, router, archive.of(stream, permitted), screen, screen, at);
  }

  private void leave(UUID viewer, Playback playback) {
    if (playbacks.remove(viewer, playback)) {
      places.decrementAndGet();
      playback.close();
    }
  }

  private void tell(UUID viewer, PlaybackStatus status) {
    listeners.forEach(listener -> listener.changed(viewer, status));
  }

  /** A viewer's session as a playback sees it; there is none before its offer is answered. */
  private final class SessionScreen implements Screen, Playback.Events {
    private volatile @Nullable ViewerSession session;

    @Override
    public boolean show(Stream stream) {
      ViewerSession known = session;
      return known == null || known.show(stream);
    }

    @Override
    public boolean connected() {
      ViewerSession known = session;
      return known != null && known.state() != ViewerState.CONNECTING;
    }

    @Override
    public void changed(PlaybackStatus status) {
      ViewerSession known = session;
      if (known != null) {
        tell(known.id(), status);
      }
    }

    @Override
    public void caughtUp() {
      Thread.ofVirtual().name("playback-live").start(this::live);
    }

    private void live() {
      ViewerSession known = session;
      Playback playback = known == null ? null : playbacks.get(known.id());
      if (known != null && playback != null) {
        try {
          goLive(known, playback);
        } catch (PlaybackException | StreamUnavailableException away) {
          LOG.debug("{} stays in the past: {}", known.streamId(), away.getMessage());
        }
      }
    }

    @Override
    public void failed(String reason) {
      failed.increment();
      ViewerSession known = session;
      LOG.info("viewer {} stands still: {}", known == null ? "" : known.id(), reason);
    }
  }

  private final class Ends implements ViewerListener {
    @Override
    public void closed(ViewerSession viewer, ViewerEnd end) {
      Playback playback = playbacks.get(viewer.id());
      if (playback != null) {
        leave(viewer.id(), playback);
      }
    }
  }
}
