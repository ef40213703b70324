package io.roadcast.sfu.udp;

import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.webrtc.IceCredentials;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watching peer: its proved addresses, its handshake and, once the keys are there, its media.
 *
 * <p>It belongs to nobody until a worker has authenticated its first check; from then on it is that
 * worker's for life. The methods of the first part may be called by any thread.
 */
public final class Viewer {
  private static final Logger log = LoggerFactory.getLogger(Viewer.class);

  /** Addresses that were proved; the newest stay. */
  private static final int MAX_PATHS = 3;

  /** Whose a viewer is: nobody's yet, a worker's, or over before any worker heard of it. */
  private record Owner(@Nullable MediaWorker worker) {
    static final Owner NOBODY = new Owner(null);
    static final Owner OVER = new Owner(null);
  }

  private final ViewerPlan plan;
  private final AcceptedCredentials credentials;
  private final ViewerEvents events;
  private final ViewerDirectory directory;
  private final Instant since = Instant.now();
  private final long sinceNanos = System.nanoTime();
  private final AtomicReference<Owner> owner = new AtomicReference<>(Owner.NOBODY);
  private volatile ViewerState state = ViewerState.CONNECTING;
  private volatile ViewerStatistics statistics;
  private volatile @Nullable ViewerHandshake handshake;
  private volatile Stream asked;

  // The worker's.
  private final List<PeerPath> paths = new ArrayList<>(MAX_PATHS);
  private @Nullable PeerPath path;
  private boolean nominated;
  private long claimedNanos;
  private long lastCheckNanos;
  private @Nullable ViewerMedia media;
  private boolean inPacer;

  /**
   * Makes a viewer that the directory does not know yet.
   *
   * @param events told in order what becomes of it
   */
  public Viewer(ViewerPlan plan, ViewerEvents events, ViewerDirectory directory) {
    this.plan = plan;
    this.credentials = new AcceptedCredentials(plan.ice());
    this.events = events;
    this.directory = directory;
    this.asked = plan.stream();
    this.statistics = snapshot(null);
  }

  // ---- any thread

  public ViewerPlan plan() {
    return plan;
  }

  public ViewerState state() {
    return state;
  }

  /** As it was within the last second. */
  public ViewerStatistics statistics() {
    return statistics;
  }

  /** To be called once, before the directory knows the viewer. */
  public void handshake(ViewerHandshake newHandshake) {
    handshake = newHandshake;
  }

  /** A DTLS datagram to be sent to the viewer. */
  public void sendDatagram(byte[] datagram) {
    onWorker(viewer -> viewer.send(datagram));
  }

  /** The handshake is over: media may begin. */
  public void keysReady(SrtpKeys keys) {
    onWorker(viewer -> viewer.startMedia(keys));
  }

  /**
   * Shows another stream from now on, on the same sequence numbers and timeline; it begins with its
   * newest group of pictures. Its codecs must be those that were agreed.
   */
  public void show(Stream stream) {
    asked = stream;
    onWorker(Viewer::showAsked);
  }

  /** The stream that it is to be shown. */
  Stream asked() {
    return asked;
  }

  /** The sub-stream that the viewer wanted is live. */
  public void offerSmaller(Stream stream) {
    onWorker(viewer -> viewer.smallerOffered(stream));
  }

  /** The sub-stream that the viewer wanted can not be had. */
  public void refuseSmaller() {
    onWorker(Viewer::smallerRefused);
  }

  /** Closes the viewer, from whatever state; the first reason counts. */
  public void close(ViewerEnd end) {
    if (owner.compareAndSet(Owner.NOBODY, Owner.OVER)) {
      over(end, null);
    } else {
      onWorker(viewer -> viewer.end(end));
    }
  }

  /**
   * ICE begins anew, with other credentials of ours; the ways it had stay until it chooses one with
   * these.
   *
   * @return false if it is over
   */
  public boolean restartIce(IceCredentials fresh) {
    directory.remove(this, credentials.offer(fresh));
    directory.add(this);
    if (state == ViewerState.CLOSED) {
      directory.remove(this);
      return false;
    }
    return true;
  }

  /** Ours that its checks may show. */
  List<IceCredentials> credentials() {
    return credentials.all();
  }

  @Nullable IceCredentials credentials(String ufrag) {
    return credentials.of(ufrag);
  }

  /** Since its offer was answered. */
  long ageNanos() {
    return System.nanoTime() - sinceNanos;
  }

  @Nullable MediaWorker worker() {
    return owner.get().worker;
  }

  /** Makes the viewer a worker's; false if it is another's or over. */
  boolean claim(MediaWorker worker) {
    return owner.compareAndSet(Owner.NOBODY, new Owner(worker));
  }

  private void onWorker(Consumer<Viewer> action) {
    MediaWorker worker = worker();
    if (worker != null) {
      worker.put(() -> guarded(action));
    }
  }

  // ---- the worker's thread

  ViewerEvents events() {
    return events;
  }

  /** A mistake of ours in one viewer is that viewer's end, not the worker's. */
  void guarded(Consumer<Viewer> action) {
    try {
      action.accept(this);
    } catch (RuntimeException e) {
      log.error("viewer {} of {} is closed for a mistake of ours", plan.id(), plan.stream(), e);
      end(ViewerEnd.INTERNAL_ERROR);
    }
  }

  /** A worker's first right check: from now on times run. */
  void claimed(long nowNanos) {
    claimedNanos = nowNanos;
    lastCheckNanos = nowNanos;
  }

  /** A right check came from that address. */
  void checked(PeerAddress address, CheckKind kind, long nowNanos) {
    if (state == ViewerState.CLOSED) {
      return;
    }
    lastCheckNanos = nowNanos;
    PeerPath proved = proved(address);
    if (kind == CheckKind.NOMINATED || (!nominated && path == null)) {
      nominated |= kind == CheckKind.NOMINATED;
      path = proved;
      if (media != null) {
        media.outlet().moveTo(proved);
      }
    }
  }

  /** The viewer uses a way that it proved with these credentials: a restart is over. */
  void settled(IceCredentials ours) {
    directory.remove(this, credentials.settle(ours));
  }

  /** Whether a check also asks to use its path. */
  enum CheckKind {
    VALID,
    NOMINATED
  }

  /** DTLS from a proved address. */
  void receivedDtls(byte[] datagram) {
    ViewerHandshake to = handshake;
    if (to != null) {
      to.received(datagram);
    }
  }

  /** SRTCP from a proved address. Null if it was used, otherwise why it was not. */
  @Nullable NoiseReason receivedRtcp(byte[] bytes, int offset, int length, long nowNanos) {
    return media == null
        ? NoiseReason.NO_KEYS
        : media.receivedRtcp(bytes, offset, length, nowNanos);
  }

  void pictureArrived(WorkerStream from, RtpBlock block, long nowNanos) {
    if (media != null) {
      media.pictureArrived(from, block, nowNanos);
    }
  }

  void soundArrived(WorkerStream from, RtpBlock block) {
    if (media != null && media.shown().asked() == from) {
      media.soundArrived(block);
    }
  }

  void interrupted(WorkerStream stream) {
    if (isAsked(stream)) {
      events.streamInterrupted();
    } else if (media != null) {
      media.shown().ended(stream); // the main stream, thinned out, is better than none
    }
  }

  void resumed(WorkerStream stream) {
    if (isAsked(stream)) {
      events.streamResumed();
    }
  }

  void ended(WorkerStream stream, String reason) {
    if (media == null || !media.shown().ended(stream)) {
      events.streamEnded(reason);
      end(ViewerEnd.STREAM_ENDED);
    }
  }

  private boolean isAsked(WorkerStream stream) {
    return media == null || media.shown().asked() == stream;
  }

  /** A stream's cached group of pictures is in its window. */
  void windowFilled(WorkerStream stream, long nowNanos) {
    if (isAsked(stream)) {
      startPictures(nowNanos);
    } else if (media != null) {
      media.moveOn(nowNanos);
    }
  }

  /** The window is filled: begins with its newest keyframe or the next. */
  void startPictures(long nowNanos) {
    if (media != null) {
      media.startPictures(nowNanos);
    }
  }

  /** Sends what the full socket did not take before. */
  void forwardPictures(long nowNanos) {
    if (media != null) {
      media.forwardPictures(nowNanos);
    }
  }

  /** Whether there are pictures that wait for their turn in the pacer. */
  boolean isPaced() {
    return media != null && media.isPaced();
  }

  /** True if it is not there yet. */
  boolean enterPacer() {
    boolean entered = !inPacer;
    inPacer = true;
    return entered;
  }

  /** True if it was there. */
  boolean leavePacer() {
    boolean left = inPacer;
    inPacer = false;
    return left;
  }

  /** Pictures that it is to be sent, the coming one included; 0 if it is sent none. */
  long behind() {
    return media == null ? 0 : media.behind();
  }

  /** The worker has too much to do: no pictures up to the next keyframe. False if not possible. */
  boolean shed() {
    return media != null && media.shed();
  }

  /** See {@link Pace#packetsDue}. */
  int packetsDue(long elapsedNanos, long nowNanos) {
    return media == null ? 0 : media.outlet().pace().packetsDue(elapsedNanos, nowNanos);
  }

  /** Sends pictures that waited for their turn; returns the packets sent. */
  int sendSlice(int maxPackets, long nowNanos) {
    ViewerMedia current = media;
    if (current == null) {
      return 0;
    }
    int[] sent = {0};
    guarded(viewer -> sent[0] = current.sendSlice(maxPackets, nowNanos));
    return sent[0];
  }

  /** Once a second: consent, reports, statistics. */
  void everySecond(long nowNanos) {
    WorkerSettings settings = ownWorker().settings();
    if (nowNanos - lastCheckNanos > settings.consentTimeout().toNanos()) {
      end(ViewerEnd.CONSENT_EXPIRED);
    } else if (media == null && nowNanos - claimedNanos > settings.connectTimeout().toNanos()) {
      end(ViewerEnd.NEVER_CONNECTED);
    } else if (media != null) {
      media.everySecond(nowNanos);
      statistics = snapshot(media);
    }
  }

  /** Ends it on its worker. */
  void end(ViewerEnd end) {
    if (state == ViewerState.CLOSED) {
      return;
    }
    MediaWorker worker = ownWorker();
    ViewerMedia ended = media;
    if (ended != null) {
      media = null;
      worker.left(this, ended);
      if (end != ViewerEnd.INTERNAL_ERROR) {
        guarded(viewer -> ended.sayBye());
      }
      ended.close();
    }
    worker.forget(this, paths);
    worker.remove(this);
    over(end, ended);
  }

  private void over(ViewerEnd end, @Nullable ViewerMedia ended) {
    if (state == ViewerState.CLOSED) {
      return;
    }
    state = ViewerState.CLOSED;
    statistics = snapshot(ended);
    directory.remove(this);
    ViewerHandshake ending = handshake;
    if (ending != null) {
      ending.close();
    }
    events.closed(end);
  }

  private void showAsked() {
    if (media != null) {
      media.show(asked, ownWorker().nowNanos());
    }
  }

  private void smallerOffered(Stream stream) {
    if (media != null) {
      media.shown().offer(stream);
      media.moveOn(ownWorker().nowNanos());
    }
  }

  private void smallerRefused() {
    if (media != null) {
      media.shown().refused();
    }
  }

  private void startMedia(SrtpKeys keys) {
    PeerPath to = path;
    if (state != ViewerState.CONNECTING || to == null) {
      return;
    }
    MediaWorker worker = ownWorker();
    media = new ViewerMedia(this, worker, keys, to);
    state = ViewerState.CONNECTED;
    statistics = snapshot(media);
    events.connected();
    worker.joined(this, media);
  }

  /** Also after the end, for the handshake's farewell. */
  private void send(byte[] datagram) {
    PeerPath to = path;
    if (to != null) {
      ownWorker().send(to, datagram);
    }
  }

  private PeerPath proved(PeerAddress address) {
    for (PeerPath known : paths) {
      if (known.address().equals(address)) {
        return known;
      }
    }
    MediaWorker worker = ownWorker();
    if (paths.size() == MAX_PATHS) {
      PeerPath oldest = paths.get(paths.get(0) == path ? 1 : 0);
      paths.remove(oldest);
      worker.forget(this, List.of(oldest));
    }
    PeerPath proved = worker.learn(this, address);
    if (proved instanceof ConnectionPath connection) {
      connection.adopted(() -> onWorker(viewer -> viewer.forwardPictures(worker.nowNanos())));
    }
    paths.add(proved);
    return proved;
  }

  private MediaWorker ownWorker() {
    return Objects.requireNonNull(worker(), "a viewer without a worker");
  }

  private ViewerStatistics snapshot(@Nullable ViewerMedia of) {
    PeerAddress remote = path == null ? null : path.address();
    return of == null
        ? ViewerStatistics.withoutMedia(state, since, remote, plan.codec())
        : of.statistics(state, since, remote);
  }
}
