package io.roadcast.signaling;

import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.http.ViewerGateway;
import io.roadcast.signaling.http.ViewerNotices;
import io.roadcast.signaling.http.ViewerView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Viewers without media: an offer is answered when it looks like SDP, with what it says. */
public final class FakeViewers implements ViewerGateway {
  public static final String ANSWER = "v=0\r\ns=answer\r\n";

  /** Those who look away. */
  public final Set<UUID> paused = ConcurrentHashMap.newKeySet();

  private final Map<UUID, Watching> viewers = new ConcurrentHashMap<>();
  private final Map<UUID, StreamLease> leases = new ConcurrentHashMap<>();
  private final List<ViewerNotices> listeners = new CopyOnWriteArrayList<>();
  private final List<String> fragments = new CopyOnWriteArrayList<>();
  private volatile int maxViewers = Integer.MAX_VALUE;

  public void limit(int viewersAtMost) {
    maxViewers = viewersAtMost;
  }

  @Override
  public void check(String offer) {
    if (!offer.startsWith("v=0")) {
      throw new ApiException(ErrorCode.SDP_INVALID, "An offer begins with v=0.");
    }
  }

  @Override
  public boolean knowsProfile(String name) {
    return name.equals("low");
  }

  @Override
  public Opened open(
      Stream stream, StreamLease lease, String offer, PastViewing.Asker asker, String profile) {
    if (profile.equals("low")) {
      throw new ApiException(
          ErrorCode.TRANSCODE_BUDGET, "As many as allowed.", Duration.ofSeconds(10));
    }
    if (offer.contains("a=codec:none-of-ours")) {
      throw new ApiException(ErrorCode.CODEC_NOT_SUPPORTED, "The offer has no H264.");
    }
    if (offer.contains("a=mistake")) {
      throw new IllegalStateException("secret-detail-of-the-inside");
    }
    if (stream.video() == null && stream.audio() == null) {
      throw new ApiException(
          ErrorCode.STREAM_WITHOUT_MEDIA, "No picture came yet.", Duration.ofSeconds(2));
    }
    if (viewers.size() >= maxViewers) {
      throw new ApiException(
          ErrorCode.TOO_MANY_VIEWERS, "This server is full.", Duration.ofSeconds(5));
    }
    UUID id = UUID.randomUUID();
    viewers.put(id, new Watching(stream.id(), "7a6", view(id)));
    leases.put(id, lease);
    return new Opened(id, "7a6", ANSWER);
  }

  @Override
  public @Nullable Watching find(UUID viewer) {
    return viewers.get(viewer);
  }

  @Override
  public void candidates(UUID viewer, String sdpFragment) {
    fragments.add(sdpFragment);
  }

  @Override
  public Restarted restartIce(UUID viewer, String sdpFragment) {
    if (!sdpFragment.contains("a=ice-ufrag:")) {
      throw new ApiException(ErrorCode.SDP_INVALID, "No credentials.");
    }
    return new Restarted("tag-1", "a=ice-ufrag:server\r\n");
  }

  /** What was told of candidates so far. */
  public List<String> fragments() {
    return fragments;
  }

  @Override
  public List<ViewerView> list(StreamId stream) {
    return viewers.values().stream()
        .filter(each -> each.stream().equals(stream))
        .map(Watching::view)
        .toList();
  }

  @Override
  public int count(StreamId stream) {
    return list(stream).size();
  }

  @Override
  public void pause(UUID viewer) {
    paused.add(viewer);
  }

  @Override
  public void resume(UUID viewer) {
    paused.remove(viewer);
  }

  @Override
  public boolean leave(UUID viewer) {
    return end(viewer);
  }

  @Override
  public boolean kick(UUID viewer) {
    boolean known = viewers.containsKey(viewer);
    if (known) {
      tell(viewer, ViewerNotices.Notice.KICKED);
    }
    return end(viewer);
  }

  @Override
  public void addListener(ViewerNotices listener) {
    listeners.add(listener);
  }

  public void tell(UUID viewer, ViewerNotices.Notice notice) {
    listeners.forEach(each -> each.notice(viewer, notice, null));
  }

  private boolean end(UUID viewer) {
    Watching over = viewers.remove(viewer);
    StreamLease lease = leases.remove(viewer);
    if (lease != null) {
      lease.close();
    }
    if (over != null) {
      listeners.forEach(each -> each.ended(over.stream(), over.view(), "left"));
      listeners.forEach(each -> each.gone(viewer));
    }
    return over != null;
  }

  private static ViewerView view(UUID id) {
    return new ViewerView(
        id,
        "connected",
        Instant.parse("2026-01-01T00:00:00.123Z"),
        80L,
        12L,
        11L,
        0.01,
        0.02,
        25,
        168_000,
        new ViewerView.Path("udp", "192.0.2.7:50000"),
        "H264",
        3,
        1,
        2,
        0,
        null,
        "full");
  }
}
