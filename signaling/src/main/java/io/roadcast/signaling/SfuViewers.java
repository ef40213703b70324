package io.roadcast.signaling;

import io.roadcast.sfu.congestion.BandwidthEstimator;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.transport.ViewerListener;
import io.roadcast.sfu.transport.ViewerOptions;
import io.roadcast.sfu.transport.ViewerRefusedException;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.transport.ViewerSessions;
import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerQuality;
import io.roadcast.sfu.udp.ViewerStatistics;
import io.roadcast.sfu.webrtc.CodecNotSupportedException;
import io.roadcast.sfu.webrtc.SdpException;
import io.roadcast.sfu.webrtc.SdpOffer;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.http.ViewerGateway;
import io.roadcast.signaling.http.ViewerNotices;
import io.roadcast.signaling.http.ViewerNotices.Notice;
import io.roadcast.signaling.http.ViewerView;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The viewers of sfu-core, in the terms of this API. */
public final class SfuViewers implements ViewerGateway {
  private final ViewerSessions sessions;

  public SfuViewers(ViewerSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void check(String offer) {
    try {
      SdpOffer.parse(offer);
    } catch (SdpException e) {
      throw new ApiException(ErrorCode.SDP_INVALID, detailOf(e));
    }
  }

  @Override
  public boolean knowsProfile(String name) {
    return sessions.knowsProfile(name);
  }

  @Override
  public Opened open(
      Stream stream, StreamLease lease, String offer, PastViewing.Asker asker, String profile) {
    try {
      ViewerOptions options =
          ViewerOptions.of(asker.principal().id(), asker.address()).holding(lease).in(profile);
      ViewerSession session = sessions.open(stream, offer, options);
      return new Opened(session.id(), session.iceTag(), session.sdpAnswer());
    } catch (SdpException e) {
      throw new ApiException(ErrorCode.SDP_INVALID, detailOf(e));
    } catch (CodecNotSupportedException e) {
      throw new ApiException(ErrorCode.CODEC_NOT_SUPPORTED, detailOf(e));
    } catch (ViewerRefusedException e) {
      throw new ApiException(ErrorCode.valueOf(e.code()), detailOf(e), e.retryAfter());
    }
  }

  @Override
  public @Nullable Watching find(UUID viewer) {
    return sessions
        .find(viewer)
        .map(session -> new Watching(session.streamId(), session.iceTag(), view(session)))
        .orElse(null);
  }

  @Override
  public void candidates(UUID viewer, String sdpFragment) {
    sessions.find(viewer).ifPresent(session -> session.learnCandidates(sdpFragment));
  }

  @Override
  public Restarted restartIce(UUID viewer, String sdpFragment) {
    ViewerSession session = sessions.find(viewer).orElseThrow(SfuViewers::over);
    try {
      String answer = session.restartIce(sdpFragment).orElseThrow(SfuViewers::over);
      return new Restarted(session.iceTag(), answer);
    } catch (SdpException e) {
      throw new ApiException(ErrorCode.SDP_INVALID, detailOf(e));
    }
  }

  private static ApiException over() {
    return new ApiException(ErrorCode.SESSION_NOT_FOUND, "This session is over.");
  }

  @Override
  public List<ViewerView> list(StreamId stream) {
    return sessions.list(stream).stream().map(SfuViewers::view).toList();
  }

  @Override
  public int count(StreamId stream) {
    return sessions.count(stream);
  }

  @Override
  public void pause(UUID viewer) {
    sessions.find(viewer).ifPresent(ViewerSession::pause);
  }

  @Override
  public void resume(UUID viewer) {
    sessions.find(viewer).ifPresent(ViewerSession::resume);
  }

  @Override
  public boolean leave(UUID viewer) {
    return sessions.close(viewer, ViewerEnd.LEFT);
  }

  @Override
  public boolean kick(UUID viewer) {
    return sessions.close(viewer, ViewerEnd.KICKED);
  }

  @Override
  public void addListener(ViewerNotices listener) {
    sessions.addListener(new Notices(listener));
  }

  private static String detailOf(Exception refusal) {
    return String.valueOf(refusal.getMessage());
  }

  private static ViewerView view(ViewerSession session) {
    ViewerStatistics now = session.statistics();
    PeerAddress remote = now.remote();
    return new ViewerView(
        session.id(),
        now.state().name().toLowerCase(Locale.ROOT),
        now.since().truncatedTo(ChronoUnit.MILLIS),
        millis(now.connectedAt() == null ? null : Duration.between(now.since(), now.connectedAt())),
        millis(now.roundTrip()),
        millis(now.meanRoundTrip()),
        known(now.loss()),
        known(now.meanLoss()),
        Math.round(now.frameRate() * 10) / 10.0,
        now.bitRate(),
        remote == null ? null : path(session, remote),
        now.codec().name(),
        now.nacks(),
        now.plis(),
        now.retransmitted(),
        now.droppedFrames(),
        now.estimate() == BandwidthEstimator.UNLIMITED ? null : (Long) now.estimate(),
        label(now.quality()));
  }

  private static @Nullable Long millis(@Nullable Duration time) {
    return time == null ? null : (Long) time.toMillis();
  }

  private static @Nullable Double known(double part) {
    return Double.isNaN(part) ? null : (Double) part;
  }

  private static String label(ViewerQuality quality) {
    return quality.name().toLowerCase(Locale.ROOT);
  }

  private static ViewerView.Path path(ViewerSession session, PeerAddress remote) {
    InetSocketAddress address = remote.toSocketAddress();
    String transport =
        switch (remote.transport()) {
          case UDP -> session.isRelay(address) ? "relay" : "udp";
          case TCP -> "tcp";
        };
    return new ViewerView.Path(transport, printable(address));
  }

  private static String printable(InetSocketAddress remote) {
    String address = remote.getAddress().getHostAddress();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + remote.getPort();
  }

  private record Notices(ViewerNotices listener) implements ViewerListener {
    @Override
    public void streamInterrupted(ViewerSession viewer) {
      listener.notice(viewer.id(), Notice.STREAM_INTERRUPTED, null);
    }

    @Override
    public void streamResumed(ViewerSession viewer) {
      listener.notice(viewer.id(), Notice.STREAM_RESUMED, null);
    }

    @Override
    public void qualityChanged(ViewerSession viewer, ViewerQuality quality) {
      listener.notice(viewer.id(), Notice.QUALITY_CHANGED, label(quality));
    }

    @Override
    public void streamEnded(ViewerSession viewer, String reason) {
      listener.notice(viewer.id(), Notice.STREAM_ENDED, reason);
    }

    @Override
    public void closed(ViewerSession viewer, ViewerEnd end) {
      if (end == ViewerEnd.KICKED) {
        listener.notice(viewer.id(), Notice.KICKED, null);
      } else if (end == ViewerEnd.SERVER_STOPPING) {
        listener.notice(viewer.id(), Notice.SERVER_STOPPING, null);
      }
      listener.ended(viewer.streamId(), view(viewer), end.name().toLowerCase(Locale.ROOT));
      listener.gone(viewer.id());
    }
  }
}
