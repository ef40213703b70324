package io.roadcast.signaling.http;

import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What signaling asks of those who carry the viewers. All methods from any thread. */
public interface ViewerGateway {
  /**
   * A viewing that was accepted.
   *
   * @param iceTag names its ICE session
   */
  record Opened(UUID id, String iceTag, String answer) {}

  /** ICE begins anew: the answer is a fragment of SDP (RFC 8840). */
  record Restarted(String iceTag, String answer) {}

  /**
   * A viewing and what it watches.
   *
   * @param iceTag names its present ICE session
   */
  record Watching(StreamId stream, String iceTag, ViewerView view) {}

  /**
   * Looks at an offer before anybody is troubled for its sake.
   *
   * @throws ApiException SDP_INVALID
   */
  void check(String offer);

  /** Whether viewers may ask for smaller pictures by this name instead of "main" or "sub". */
  boolean knowsProfile(String name);

  /**
   * Answers an offer.
   *
   * @param lease what keeps the stream coming; taken over unless this throws, and closed when the
   *     viewing is over
   * @param asker who asks
   * @param profile which pictures are asked for; empty for the stream's own
   * @throws ApiException SDP_INVALID, CODEC_NOT_SUPPORTED, STREAM_WITHOUT_MEDIA, TOO_MANY_VIEWERS,
   *     SERVER_OVERLOADED, STREAM_VIEWERS_FULL, TRANSCODE_BUDGET
   */
  Opened open(
      Stream stream, StreamLease lease, String offer, PastViewing.Asker asker, String profile);

  @Nullable Watching find(UUID viewer);

  /**
   * The viewer tells its candidates (RFC 8840). Lines that can not be understood are passed over.
   */
  void candidates(UUID viewer, String sdpFragment);

  /**
   * The viewer begins ICE anew.
   *
   * @param sdpFragment with its new credentials
   * @throws ApiException SDP_INVALID, SESSION_NOT_FOUND
   */
  Restarted restartIce(UUID viewer, String sdpFragment);

  /** Oldest first. */
  List<ViewerView> list(StreamId stream);

  int count(StreamId stream);

  /** The viewer looks away: its stream need not come for its sake until it looks again. */
  void pause(UUID viewer);

  /** The viewer looks again. */
  void resume(UUID viewer);

  /** The viewer itself said good-bye. Returns false if there is none. */
  boolean leave(UUID viewer);

  /** Somebody else ends the viewing. Returns false if there is none. */
  boolean kick(UUID viewer);

  void addListener(ViewerNotices listener);
}
