package io.roadcast.sfu.transport;

import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.udp.TrackPlan;
import io.roadcast.sfu.udp.Viewer;
import io.roadcast.sfu.udp.ViewerState;
import io.roadcast.sfu.udp.ViewerStatistics;
import io.roadcast.sfu.webrtc.IceCredentials;
import io.roadcast.sfu.webrtc.IceFragment;
import io.roadcast.sfu.webrtc.IceRestartAnswer;
import io.roadcast.sfu.webrtc.SdpException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One watching peer, from its offer to its end. Any thread. */
public final class ViewerSession {
  private final Viewer viewer;
  private final String sdpAnswer;
  private final ViewerOptions options;
  private final RelayPorts relays = new RelayPorts();
  private final AtomicInteger restarts = new AtomicInteger();
  private final Function<Stream, Renditions.Lease> sounds;
  private final Function<Stream, Optional<PictureRenditions.Lease>> makers;
  private final long openedNanos = System.nanoTime();
  private final AtomicReference<@Nullable StreamLease> smaller = new AtomicReference<>();
  private volatile boolean away;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  // With this session's monitor held.
  private Renditions.Lease sound;
  private PictureRenditions.@Nullable Lease pictures;
  private @Nullable StreamLease coming;
  private boolean released;

  /**
   * @param source what it watches, or what is watched in other pictures
   * @param sounds has a stream's sound come in the viewer's codec; closed with the session
   * @param makers has a stream's pictures made as the viewer takes them; likewise
   * @param pictures keeps the pictures coming that are made for it; likewise
   */
  ViewerSession(
      Viewer viewer,
      String sdpAnswer,
      ViewerOptions options,
      Stream source,
      Function<Stream, Renditions.Lease> sounds,
      Function<Stream, Optional<PictureRenditions.Lease>> makers,
      PictureRenditions.@Nullable Lease pictures) {
    this.viewer = viewer;
    this.sdpAnswer = sdpAnswer;
    this.options = options;
    this.coming = options.lease();
    this.sounds = sounds;
    this.sound = sounds.apply(source);
    this.makers = makers;
    this.pictures = pictures;
  }

  public UUID id() {
    return viewer.plan().id();
  }

  public StreamId streamId() {
    return viewer.plan().stream().id();
  }

  /** Whether its pictures are made for it of the stream's. */
  public synchronized boolean isTranscoded() {
    return pictures != null;
  }

  /** When its offer was answered. */
  public Instant since() {
    return statistics().since();
  }

  public String sdpAnswer() {
    return sdpAnswer;
  }

  public ViewerState state() {
    return viewer.state();
  }

  /** As it was within the last second. */
  public ViewerStatistics statistics() {
    return viewer.statistics();
  }

  /**
   * The viewer told of candidates.
   *
   * @param description SDP, or a fragment of it (RFC 8840)
   */
  public void learnCandidates(String description) {
    relays.learn(IceFragment.parse(description));
  }

  /** Whether an address that the viewer is seen under is a relay's. */
  public boolean isRelay(InetSocketAddress remote) {
    return relays.include(remote);
  }

  /** Names the present ICE session among those of this viewer. */
  public String iceTag() {
    return Long.toHexString(id().getLeastSignificantBits()) + "-" + restarts.get();
  }

  /**
   * Restarts ICE: the viewer may come by other ways from now on, media and keys go on.
   *
   * @param fragment with the viewer's new credentials (RFC 8840)
   * @return the fragment that answers it; empty if the viewer is over
   * @throws SdpException if there are no credentials in it
   */
  public Optional<String> restartIce(String fragment) throws SdpException {
    IceFragment told = IceFragment.ofRestart(fragment);
    IceCredentials fresh = IceCredentials.random();
    if (!viewer.restartIce(fresh)) {
      return Optional.empty();
    }
    restarts.incrementAndGet();
    relays.learn(told);
    return Optional.of(IceRestartAnswer.of(sdpAnswer, fresh));
  }

  /** Who opened it, by the name of a credential. */
  public String user() {
    return options.user();
  }

  /** Who it is, for logs. */
  public String peer() {
    return options.peer();
  }

  /** What its pictures are coded in; null if it is sent none. */
  public @Nullable Codec videoCodec() {
    TrackPlan plan = viewer.plan().video();
    return plan == null ? null : plan.codec();
  }

  /**
   * Shows the viewer another stream in the same session, from its newest group of pictures on.
   * Pictures that are coded otherwise than was agreed are transcoded.
   *
   * @return false if that can not be done; nothing changes then
   */
  public synchronized boolean show(Stream stream) {
    if (released) {
      return true;
    }
    PictureRenditions.Lease made = null;
    if (stream.video() != null && (!suits(stream) || wantsOthers(stream))) {
      made = makers.apply(stream).orElse(null);
      if (made == null && !suits(stream)) {
        return false;
      }
    }
    viewer.show(made == null ? stream : made.stream());
    PictureRenditions.Lease before = pictures;
    pictures = made;
    if (before != null) {
      before.close();
    }
    sound.close();
    sound = sounds.apply(stream);
    return true;
  }

  /** Whether it asked for smaller pictures, or could not put these into their order. */
  private boolean wantsOthers(Stream stream) {
    VideoFormat format = stream.video();
    boolean reordered = format != null && format.codec() == Codec.H264 && format.reordered();
    return reordered || !options.profile().equals(PictureRenditions.PLAIN);
  }

  /**
   * Takes over what keeps its stream coming, until the session ends.
   *
   * @return false if the session has such a lease already, or is over; then it remains the caller's
   */
  public boolean adopt(StreamLease lease) {
    synchronized (this) {
      if (released || coming != null) {
        return false;
      }
      coming = lease;
      return true;
    }
  }

  private synchronized @Nullable StreamLease coming() {
    return coming;
  }

  /** The viewer looks away: its streams need not come for its sake until it looks again. */
  public void pause() {
    away = true;
    eachLease(StreamLease::pause);
  }

  /** The viewer looks again. */
  public void resume() {
    away = false;
    eachLease(StreamLease::resume);
  }

  private void eachLease(Consumer<StreamLease> change) {
    for (StreamLease lease : new @Nullable StreamLease[] {coming(), smaller.get()}) {
      if (lease != null) {
        change.accept(lease);
      }
    }
  }

  /** Has the sub-stream brought to the viewer, if it can be had. */
  void demandSmaller(@Nullable StreamSource source) {
    StreamId asked = streamId();
    if (source == null || asked.quality() == Quality.SUB) {
      viewer.refuseSmaller();
      return;
    }
    StreamLease lease = source.demand(new StreamId(asked.name(), Quality.SUB), LeaseHolder.VIEWER);
    hold(lease);
    lease
        .live()
        .whenComplete(
            (stream, failure) -> {
              if (failure == null && suits(stream)) {
                viewer.offerSmaller(stream);
              } else {
                viewer.refuseSmaller();
                hold(null);
              }
            });
  }

  /** The sub-stream is no longer wanted. */
  void releaseSmaller() {
    hold(null);
  }

  private boolean suits(Stream stream) {
    VideoFormat format = stream.video();
    TrackPlan plan = viewer.plan().video();
    return format != null && plan != null && format.codec() == plan.codec();
  }

  private void hold(@Nullable StreamLease lease) {
    StreamLease before = smaller.getAndSet(lease);
    if (before != null) {
      before.close();
    }
    if (lease != null && away) {
      lease.pause();
    }
  }

  /** The viewer is closed: its streams are no longer wanted. */
  void release() {
    synchronized (this) {
      released = true;
      sound.close();
      if (pictures != null) {
        pictures.close();
      }
    }
    hold(null);
    StreamLease lease = coming();
    if (lease != null) {
      lease.close();
    }
  }

  Viewer viewer() {
    return viewer;
  }

  long openedNanos() {
    return openedNanos;
  }

  /** Done when the viewer is closed. */
  CompletableFuture<Void> ended() {
    return ended;
  }
}
